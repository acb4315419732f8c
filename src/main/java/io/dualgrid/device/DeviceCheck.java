package io.dualgrid.device;

import io.dualgrid.problem.NumberText;

/** Takes what a device finds wrong with itself; place and file are known to whoever asks. */
public interface DeviceCheck {
  /** Length of the horizon, for messages that name an hour. */
  double horizonHours();

  /**
   * Tells an error.
   *
   * @param field whose value is wrong
   * @param value as it stands there
   * @param message what is wrong
   * @param remedy the way out
   */
  void error(String field, double value, String message, String remedy);

  /** Tells what is odd and may be meant. */
  void warn(String field, double value, String message, String remedy);

  /** A largest value below the smallest; what is not given is NaN and compares with nothing. */
  default void range(String mostField, double most, String leastField, double least) {
    if (most < least) {
      error(
          mostField,
          most,
          "is below " + leastField + " = " + NumberText.show(least),
          "swap them, or correct one");
    }
  }
}
