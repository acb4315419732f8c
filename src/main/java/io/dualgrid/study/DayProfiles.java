package io.dualgrid.study;

import io.dualgrid.device.Profile;
import java.util.HashMap;
import java.util.Map;

/** The profiles of a study day by day: those of the case each day, or columns of all days. */
final class DayProfiles {
  /** Each day is that of the case. */
  static final DayProfiles OF_THE_CASE = new DayProfiles(Map.of());

  private final Map<String, double[]> columns;

  /**
   * With columns of all days, one below the other, before factors.
   *
   * @param columns by {@link #key}
   */
  DayProfiles(Map<String, double[]> columns) {
    this.columns = new HashMap<>(columns);
  }

  static String key(String file, String column) {
    return file + "\n" + column;
  }

  /** The value of a row of a day, before its factor. */
  double value(Profile profile, int day, int row) {
    double[] all = columns.get(key(profile.file(), profile.column()));
    return all == null ? profile.rawValues()[row] : all[day * profile.rawValues().length + row];
  }

  /** The columns by {@link #key}; not to be modified. */
  Map<String, double[]> columns() {
    return columns;
  }
}
