package io.dualgrid.run;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.device.Horizon;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import io.dualgrid.site.InstalledCapacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether what a case's lines may carry fits into the numbers that the encryption takes. What does
 * not is refused before a run; encryption itself refuses it, too, but can only say so in terms of
 * its own.
 */
public final class EncryptionRange {
  /** Copies overshoot what flows in the end, so half of the range is kept free. */
  private static final double ROOM = 0.5;

  private EncryptionRange() {}

  /**
   * Lines below which more is installed than half the largest value that can be encrypted, per unit
   * of the case's base power.
   *
   * @return one problem for each, from the root downwards
   */
  public static List<CaseProblem> problems(
      GridCase gridCase, RunSettings settings, CkksParameters parameters) {
    Horizon horizon = Horizon.of(gridCase.limits(), settings.steps(), settings.sampling());
    FeederTree tree = gridCase.tree();
    Map<Integer, Double> below = new HashMap<>();
    for (Node node : gridCase.nodes()) {
      below.put(node.id(), InstalledCapacity.of(node, horizon));
    }
    List<Integer> topDown = tree.topDown();
    for (int k = topDown.size() - 1; k > 0; k--) {
      int node = topDown.get(k);
      below.merge(tree.parentLine(node).from(), below.get(node), Double::sum);
    }
    double most = ROOM * parameters.valueBound();
    List<CaseProblem> problems = new ArrayList<>();
    for (int node : topDown.subList(1, topDown.size())) {
      if (below.get(node) > most) {
        problems.add(problem(tree.parentLine(node), below.get(node), most, horizon.basePowerKw()));
      }
    }
    return problems;
  }

  /**
   * Refuses a case that has such lines.
   *
   * @throws CaseException naming all of them
   */
  static void require(GridCase gridCase, RunSettings settings) {
    List<CaseProblem> problems =
        problems(gridCase, settings, settings.ckksParameters().parameters());
    if (!problems.isEmpty()) {
      throw new CaseException(gridCase.name(), problems);
    }
  }

  private static CaseProblem problem(Line line, double perUnit, double most, double baseKw) {
    double needed = baseKw * Math.pow(10, Math.ceil(Math.log10(perUnit / most)));
    return new CaseProblem(
        "case.json",
        "line " + line.from() + "-" + line.to(),
        "",
        String.format(Locale.ROOT, "%.0f kW", perUnit * baseKw),
        String.format(
            Locale.ROOT,
            "loads and devices below it add up to more than the %.0f kW that encrypted messages are"
                + " made for at a base power of %.0f kW",
            most * baseKw,
            baseKw),
        String.format(
            Locale.ROOT,
            "check the factors of these loads, set basePowerKw to %.0f, or run with --privacy rmme"
                + " or none",
            needed));
  }
}
