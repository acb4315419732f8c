package io.dualgrid.caseio;

import io.dualgrid.site.AssumedValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects notices, and the values that are assumed as nobody states them; the same message, or the
 * same field of a kind of device, about several places becomes one.
 */
public final class Notices {
  private final Map<String, Set<String>> places = new LinkedHashMap<>();
  private final Map<Field, Set<Integer>> assumed = new LinkedHashMap<>();

  private record Field(String device, String name) {}

  public void add(String where, String message) {
    places.computeIfAbsent(message, key -> new LinkedHashSet<>()).add(where);
  }

  /** A field of a kind of device at a node holds a default. */
  public void assume(String device, int node, String field) {
    assumed.computeIfAbsent(new Field(device, field), key -> new TreeSet<>()).add(node);
  }

  /** A constant of the network holds a default. */
  public void assumeLimit(String field) {
    assumed.computeIfAbsent(new Field(AssumedValue.LIMITS, field), key -> Set.of());
  }

  public List<ImportNotice> list() {
    return places.entrySet().stream()
        .map(entry -> new ImportNotice(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  /** The fields that hold a default, in the order in which they were found. */
  public List<AssumedValue> assumed() {
    List<AssumedValue> values = new ArrayList<>();
    assumed.forEach(
        (field, nodes) ->
            values.add(new AssumedValue(field.device(), field.name(), List.copyOf(nodes))));
    return values;
  }
}
