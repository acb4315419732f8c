package io.dualgrid.caseio;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects notices; the same message about several places becomes one notice. */
public final class Notices {
  private final Map<String, Set<String>> places = new LinkedHashMap<>();

  public void add(String where, String message) {
    places.computeIfAbsent(message, key -> new LinkedHashSet<>()).add(where);
  }

  public List<ImportNotice> list() {
    return places.entrySet().stream()
        .map(entry -> new ImportNotice(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }
}
