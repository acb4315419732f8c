package io.dualgrid.consensus.newton;

import java.util.ArrayList;
import java.util.List;

/**
 * The step lengths that can be taken: 0.97^k down to a tenth, then in steps of 0.8 down to a
 * millionth, and zero. Every site has a level, the first whose step it can take; the step of all is
 * that of the highest level of any, which can be found without learning whose it is.
 */
public final class StepGrid {
  private static final double FINE_RATIO = 0.97;
  private static final double COARSE_RATIO = 0.8;
  private static final double COARSE_FROM = 0.1;
  private static final double LEAST = 1e-6;
  private static final double[] STEPS = steps();

  /** Number of levels; the last is the step zero. */
  public static final int LEVELS = STEPS.length;

  private StepGrid() {}

  private static double[] steps() {
    List<Double> steps = new ArrayList<>();
    double step = 1.0;
    while (step >= LEAST) {
      steps.add(step);
      step *= step > COARSE_FROM ? FINE_RATIO : COARSE_RATIO;
    }
    steps.add(0.0);
    return steps.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The step of a level. */
  public static double step(int level) {
    return STEPS[level];
  }

  /**
   * The first level whose step is no longer than this.
   *
   * @param longest step that can be taken, 0 to 1
   */
  public static int level(double longest) {
    int level = 0;
    while (STEPS[level] > longest) {
      level++;
    }
    return level;
  }
}
