package io.dualgrid.cli;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of a name and a value, aligned. */
final class FieldTable {
  private final Map<String, String> fields = new LinkedHashMap<>();

  /** Adds a line; a value that is empty is left out. */
  FieldTable add(String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
    return this;
  }

  /** All lines, in their order. */
  Map<String, String> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** Prints all lines. */
  void print(PrintWriter out) {
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
    fields.forEach(
        (name, value) -> out.println(name + " ".repeat(width - name.length() + 2) + value));
    out.flush();
  }
}
