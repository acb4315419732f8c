package io.dualgrid.consensus.newton;

/**
 * The limits that couple sites, per unit.
 *
 * @param rootVoltage voltage of the root
 * @param voltageMin lowest voltage of any other node
 * @param voltageMax highest
 * @param flow largest magnitude of a line's active and of its reactive flow
 */
public record CoupledLimits(double rootVoltage, double voltageMin, double voltageMax, double flow) {
  /** Least distance to its limits at which a row starts. */
  private static final double VOLTAGE_INSET = 1e-3;

  private static final double FLOW_INSET = 0.02; // of the limit

  /** How far the method keeps inside, so that a point swept from its iterates is inside, too. */
  private static final double VOLTAGE_MARGIN = 5e-6;

  private static final double FLOW_MARGIN = 2e-5; // of the limit

  /** The row of a limit that enters when products of slack and multiplier are about mu. */
  LimitRow row(NearLimit near, double mu) {
    if (near.place().kind() == RowPlace.Kind.VOLTAGE) {
      return new LimitRow(
          near.place(),
          rootVoltage,
          voltageMin,
          voltageMax,
          VOLTAGE_MARGIN,
          near.value(),
          VOLTAGE_INSET,
          mu);
    }
    return new LimitRow(
        near.place(), 0.0, -flow, flow, FLOW_MARGIN * flow, near.value(), FLOW_INSET * flow, mu);
  }
}
