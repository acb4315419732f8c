package io.dualgrid.run;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;

/** The case that the tests of whole runs share: seven nodes, small enough to be run many times. */
final class SixBus {
  static final GridCase CASE = CaseLocator.read("6-bus");

  /** Its optimum, found once. */
  static final CentralResult CENTRAL = DispatchEngine.central(CASE, RunSettings.defaults());

  /**
   * How far above the optimum an accelerated run may end, in percent: its certified gap is below
   * 1e-3 of its cost, which is 1e-3/(1 − 1e-3) of the optimum, and that is known to 1e-8.
   */
  static final double GAP_PERCENT = 0.10011;

  private SixBus() {}

  static RunSettings settings(Privacy privacy) {
    return RunSettings.builder().privacy(privacy).maxIterations(100).threads(2).build();
  }

  static RunResult run(RunSettings settings, RunHooks hooks) {
    return DispatchEngine.run(CASE, settings, RunObserver.NONE, hooks);
  }

  static RunResult run(RunSettings settings) {
    return run(settings, RunHooks.NONE);
  }

  /** The case whose first line has a tap and a rating. */
  static GridCase withFirstLine(double ratio, double ratingKva) {
    List<Line> lines = new ArrayList<>(CASE.lines());
    Line first = lines.get(0);
    lines.set(
        0,
        new Line(
            first.from(),
            first.to(),
            first.resistanceOhm(),
            first.reactanceOhm(),
            ratio,
            ratingKva));
    return new GridCase(
        CASE.name(),
        CASE.source(),
        CASE.limits(),
        CASE.nodes(),
        lines,
        new FeederTree(CASE.nodes().stream().map(GridCase.Node::id).toList(), lines));
  }
}
