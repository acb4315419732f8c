package io.dualgrid.caseio.check;

import io.dualgrid.problem.NumberText;
import java.util.Optional;

/** Which nominal voltages, between lines, a feeder may have: from a volt to above any line. */
public final class NominalVoltage {
  private static final double LEAST_KV = 1e-3;
  private static final double MOST_KV = 2000;

  private NominalVoltage() {}

  /**
   * What is wrong with a nominal voltage.
   *
   * @param kilovolt of any value, infinite or NaN too
   * @return empty where nothing is
   */
  public static Optional<String> complaint(double kilovolt) {
    if (kilovolt >= LEAST_KV && kilovolt <= MOST_KV) {
      return Optional.empty();
    }
    return Optional.of(
        kilovolt > 0
            ? "is no voltage of a feeder, which has "
                + NumberText.show(LEAST_KV)
                + " to "
                + NumberText.show(MOST_KV)
                + " kV"
            : "must be above 0");
  }
}
