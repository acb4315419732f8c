package io.dualgrid.caseio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects notices; the same message about several places becomes one notice. */
public final class Notices {
  private final Map<String, List<String>> places = new LinkedHashMap<>();

  public void add(String where, String message) {
    List<String> known = places.computeIfAbsent(message, key -> new ArrayList<>());
    if (!known.contains(where)) {
      known.add(where);
    }
  }

  public List<ImportNotice> list() {
    return places.entrySet().stream()
        .map(entry -> new ImportNotice(entry.getKey(), entry.getValue()))
        .toList();
  }
}
