package io.dualgrid.cases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects notices; the same message about several places becomes one notice. */
final class Notices {
  private final Map<String, List<String>> places = new LinkedHashMap<>();

  void add(String where, String message) {
    List<String> known = places.computeIfAbsent(message, key -> new ArrayList<>());
    if (!known.contains(where)) {
      known.add(where);
    }
  }

  List<ImportNotice> list() {
    return places.entrySet().stream()
        .map(entry -> new ImportNotice(entry.getKey(), entry.getValue()))
        .toList();
  }
}
