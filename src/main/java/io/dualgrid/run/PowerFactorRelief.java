package io.dualgrid.run;

import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.consensus.newton.Shortfall.Kind;
import java.util.List;

/**
 * How far the least power factor of the root has to fall where reactive power is short. With what
 * the root supplies in the least broken dispatch, (P, Q), and what it lacks at the same step, ΔP
 * and ΔQ, it would supply all that is asked for at |P + ΔP| / |(P + ΔP, Q + ΔQ)|.
 *
 * <p>For somebody to whom the root's injections are known: its owner.
 */
final class PowerFactorRelief {
  private PowerFactorRelief() {}

  /**
   * The largest power factor with which no reactive power is short.
   *
   * @param injections of the root, P, then Q of each step, per unit
   * @return one where none is
   */
  static double factor(double[] injections, List<Shortfall> shortfalls) {
    int steps = injections.length / 2;
    double factor = 1.0;
    for (Shortfall shortfall : shortfalls) {
      if (shortfall.kind() == Kind.REACTIVE_BALANCE) {
        int t = shortfall.step();
        double active = injections[t] + lack(shortfalls, Kind.ACTIVE_BALANCE, t);
        double reactive = injections[steps + t] + lack(shortfalls, Kind.REACTIVE_BALANCE, t);
        factor = Math.min(factor, Math.abs(active) / Math.hypot(active, reactive));
      }
    }
    return factor;
  }

  /** What is lacking less what nobody takes, per unit. */
  private static double lack(List<Shortfall> shortfalls, Kind kind, int step) {
    return shortfalls.stream()
        .filter(one -> one.kind() == kind && one.step() == step)
        .mapToDouble(one -> one.lack() ? one.amount() : -one.amount())
        .sum();
  }
}
