package io.dualgrid.run;

import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.consensus.newton.RowShare;
import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.device.DesProgram;
import java.util.List;

/**
 * By how much loads have to fall where no dispatch meets the limits. A limit that is broken by p,
 * and that loads alone are worth D of, holds with loads times 1 − p/D, devices being what they are
 * in the least broken dispatch.
 *
 * <p>For somebody to whom all loads are known: the owner of a study.
 */
final class LoadRelief {
  private LoadRelief() {}

  /**
   * The largest factor of all loads with which all that is short is no more.
   *
   * @param programs in the order of the paths
   * @return NaN where smaller loads do not help
   */
  static double factor(List<DesProgram> programs, FeederPaths paths, List<Shortfall> shortfalls) {
    double factor = 1.0;
    for (Shortfall shortfall : shortfalls) {
      double worth = shortfall.lack() ? worth(programs, paths, shortfall) : 0.0;
      if (worth <= shortfall.amount()) {
        return Double.NaN;
      }
      factor = Math.min(factor, 1 - shortfall.amount() / worth);
    }
    return factor;
  }

  private static double worth(List<DesProgram> programs, FeederPaths paths, Shortfall shortfall) {
    int t = shortfall.step();
    double sum = 0.0;
    for (int i = 0; i < programs.size(); i++) {
      RowShare share = share(paths, shortfall, i);
      sum +=
          share.active() * programs.get(i).activeLoad()[t]
              + share.reactive() * programs.get(i).reactiveLoad()[t];
    }
    return sum;
  }

  /** By how much the limit gains with less load at a node; nothing where that is not plain. */
  private static RowShare share(FeederPaths paths, Shortfall shortfall, int node) {
    int t = shortfall.step();
    return switch (shortfall.kind()) {
      case VOLTAGE -> paths.share(new RowPlace(RowPlace.Kind.VOLTAGE, shortfall.node(), t), node);
      case ACTIVE_BALANCE -> new RowShare(t, 1.0, 0.0);
      case EXCHANGE -> new RowShare(t, node == shortfall.node() ? 1.0 : 0.0, 0.0);
      case REACTIVE_BALANCE -> new RowShare(t, 0.0, 1.0);
      // of a flow it is not known whether it is one of P or of Q, or how much of each
      case FLOW, RATING -> new RowShare(t, 0.0, 0.0);
    };
  }
}
