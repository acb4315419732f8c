package io.dualgrid.results.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** A table as pandapower keeps it in JSON: a data frame in the orientation "split", as text. */
final class DataFrame {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String[] columns;
  private final String[] types;
  private final ArrayNode index = MAPPER.createArrayNode();
  private final ArrayNode data = MAPPER.createArrayNode();

  DataFrame(String... columns) {
    this.columns = columns;
    types = new String[columns.length];
    Arrays.fill(types, "object");
  }

  /**
   * Adds a row.
   *
   * @param values one a column: text, number, boolean or null
   * @return its index
   */
  int add(Object... values) {
    if (values.length != columns.length) {
      throw new IllegalArgumentException(values.length + " values in " + columns.length);
    }
    ArrayNode row = data.addArray();
    for (int k = 0; k < values.length; k++) {
      row.addPOJO(values[k]);
      if (values[k] instanceof Double) {
        types[k] = "float64";
      } else if (values[k] instanceof Integer) {
        types[k] = "int64";
      } else if (values[k] instanceof Boolean) {
        types[k] = "bool";
      }
    }
    index.add(index.size());
    return index.size() - 1;
  }

  /** The table with its types. */
  ObjectNode json() {
    ObjectNode frame = MAPPER.createObjectNode();
    ArrayNode names = frame.putArray("columns");
    ObjectNode table = MAPPER.createObjectNode();
    table.put("_module", "pandas.core.frame").put("_class", "DataFrame");
    ObjectNode dtypes = MAPPER.createObjectNode();
    for (int k = 0; k < columns.length; k++) {
      names.add(columns[k]);
      dtypes.put(columns[k], types[k]);
    }
    frame.set("index", index);
    frame.set("data", data);
    table.put("_object", frame.toString());
    table.put("orient", "split");
    table.set("dtype", dtypes);
    table.put("is_multiindex", false).put("is_multicolumn", false);
    return table;
  }
}
