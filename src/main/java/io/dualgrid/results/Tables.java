package io.dualgrid.results;

import org.apache.commons.csv.CSVFormat;

/** What the tables of results have in common. */
final class Tables {
  static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

  private Tables() {}

  /** A number that reads back exactly; empty when it is none. */
  static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
