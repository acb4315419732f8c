package io.dualgrid.caseio.matpower.script;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a script has defined so far. A variable is a value or has fields, as a structure does, never
 * both: what is assigned last replaces what was there.
 */
final class Variables {
  private final NavigableMap<String, Value> values = new TreeMap<>();

  /** The value of a variable or field; null where there is none, or where it has fields. */
  Value get(String path) {
    return values.get(path);
  }

  /**
   * Assigns a value.
   *
   * @param path a variable, or a field of one, the parts joined by points
   * @throws ScriptException where the path is a field of a value
   */
  void put(String path, Value value, int line) {
    for (int point = path.indexOf('.'); point >= 0; point = path.indexOf('.', point + 1)) {
      String whole = path.substring(0, point);
      Value known = values.get(whole);
      // MATLAB makes a structure of an empty matrix, and of nothing else
      if (known instanceof Value.Matrix matrix && matrix.rows().length == 0) {
        values.remove(whole);
      } else if (known != null) {
        throw new ScriptException(
            line,
            path,
            "is a field of " + whole + ", which holds a value",
            "write the figure into its row and column, or remove the statement");
      }
    }
    within(path).clear();
    values.put(path, value);
  }

  /** Whether a variable has fields. */
  boolean hasFields(String path) {
    return !within(path).isEmpty();
  }

  /** The names of the fields of a variable, of fields within fields the outer one. */
  Set<String> fields(String path) {
    Set<String> fields = new TreeSet<>();
    for (String field : within(path).keySet()) {
      fields.add(field.substring(path.length() + 1).replaceFirst("\\..*", ""));
    }
    return fields;
  }

  private NavigableMap<String, Value> within(String path) {
    return values.subMap(path + '.', true, path + (char) ('.' + 1), false);
  }
}
