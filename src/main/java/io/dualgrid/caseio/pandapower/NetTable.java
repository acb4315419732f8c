package io.dualgrid.caseio.pandapower;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.caseio.ImportMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of a net, such as its lines: a data frame in the orientation "split". */
final class NetTable {
  private final String name;
  private final ImportMessages messages;
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /** Without rows. */
  NetTable(String name, ImportMessages messages) {
    this.name = name;
    this.messages = messages;
  }

  /**
   * From JSON.
   *
   * @param frame object with columns, index and data
   */
  NetTable(String name, JsonNode frame, ImportMessages messages) {
    this(name, messages);
    for (JsonNode column : frame.path("columns")) {
      columns.put(column.asText(), columns.size());
    }
    JsonNode index = frame.path("index");
    JsonNode data = frame.path("data");
    if (!frame.path("columns").isArray() || !data.isArray() || index.size() != data.size()) {
      messages.error(
          name, "", "", "is not a table with columns, index and data", "write the net by to_json");
      return;
    }
    for (int k = 0; k < data.size(); k++) {
      if (index.get(k).isIntegralNumber() && index.get(k).canConvertToInt()) {
        rows.add(new Row(index.get(k).intValue(), data.get(k)));
      } else {
        messages.error(
            name,
            "index",
            index.get(k).toString(),
            "is no whole number",
            "number the rows, as by pandapower.toolbox.reindex_elements");
      }
    }
  }

  String name() {
    return name;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  List<Row> rows() {
    return rows;
  }

  /** The rows that are in service. */
  List<Row> inService() {
    return rows.stream().filter(row -> row.flag("in_service", true)).toList();
  }

  /** An element of the net. */
  final class Row {
    private final int index;
    private final JsonNode values;

    private Row(int index, JsonNode values) {
      this.index = index;
      this.values = values;
    }

    int index() {
      return index;
    }

    /** Table and index, for messages. */
    String place() {
      return name + " " + index;
    }

    private JsonNode value(String column) {
      Integer at = columns.get(column);
      JsonNode value = at == null ? null : values.get(at);
      return value == null || value.isNull() ? null : value;
    }

    /** Whether there is a value other than null and NaN. */
    boolean has(String column) {
      JsonNode value = value(column);
      return value != null && !(value.isNumber() && !Double.isFinite(value.doubleValue()));
    }

    /** A number, or another one where there is none. */
    double number(String column, double other) {
      if (!has(column)) {
        return other;
      }
      JsonNode value = value(column);
      if (!value.isNumber()) {
        messages.error(place(), column, value.asText(), "is not a number", "correct it");
        return other;
      }
      return value.doubleValue();
    }

    /** A number that there has to be. */
    double number(String column) {
      if (!has(column)) {
        messages.error(place(), column, "", "has no value", "write a number");
        return 0.0;
      }
      return number(column, 0.0);
    }

    /** The index of a row of another table. */
    int reference(String column) {
      return (int) number(column);
    }

    String text(String column) {
      return has(column) ? value(column).asText() : "";
    }

    boolean flag(String column, boolean other) {
      return has(column) ? value(column).asBoolean(other) : other;
    }
  }
}
