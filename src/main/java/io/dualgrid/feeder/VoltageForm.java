package io.dualgrid.feeder;

/**
 * How programs hold voltages. Either way the drop along a line is w(from) / ratio − w(to) = R·P +
 * X·Q in per unit, so the form changes limits and ratios, not the program.
 *
 * <p>Source: M. E. Baran and F. F. Wu, "Optimal sizing of capacitors placed on a radial
 * distribution system", IEEE Transactions on Power Delivery 4(1), 1989, whose branch flow without
 * losses is in squared voltages.
 */
public enum VoltageForm {
  /** w = V, the drop taken as if the voltage it starts from were 1 p.u.; as published. */
  LINEAR {
    @Override
    public double level(double voltagePu) {
      return voltagePu;
    }

    @Override
    public double voltage(double level) {
      return level;
    }

    @Override
    public double ratio(double turns) {
      return turns;
    }
  },

  /** w = V²/2, exact but for the losses: V(from)² / ratio² − V(to)² = 2·(R·P + X·Q). */
  SQUARED {
    @Override
    public double level(double voltagePu) {
      return voltagePu * voltagePu / 2;
    }

    @Override
    public double voltage(double level) {
      return Math.sqrt(Math.max(0.0, 2 * level));
    }

    @Override
    public double ratio(double turns) {
      return turns * turns;
    }
  };

  /** The level of a voltage in per unit. */
  public abstract double level(double voltagePu);

  /** The voltage of a level, in per unit. */
  public abstract double voltage(double level);

  /** What a transformer of a turns ratio divides levels by. */
  public abstract double ratio(double turns);
}
