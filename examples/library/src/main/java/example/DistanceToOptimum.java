package example;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.util.Locale;

/** How far a private, decentralised dispatch of a case is from the optimum of who knows all. */
public final class DistanceToOptimum {
  private DistanceToOptimum() {}

  /** The first argument names a bundled case or the folder of one; else it is 6-bus. */
  public static void main(String[] arguments) {
    GridCase gridCase = CaseLocator.read(arguments.length == 0 ? "6-bus" : arguments[0]);
    RunSettings settings = RunSettings.builder().privacy(Privacy.CKKS).build();
    RunResult run = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    CentralResult central = DispatchEngine.central(gridCase, settings);
    System.out.printf(
        Locale.ROOT,
        "%s: %s after %d iterations, cost %.2f, optimum %.2f%n",
        gridCase.name(),
        run.status(),
        run.iterations(),
        run.totalCost(),
        central.totalCost());
  }
}
