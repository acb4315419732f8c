package io.dualgrid.run;

import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the coupled interior-point method states a case whole. Its rows are voltages over series
 * impedances and flows within exchangeMaxKw: without turns ratios and ratings of lines its point
 * could break a rating, and its bound would be one for a looser case.
 */
public final class NewtonReach {
  private NewtonReach() {}

  /** Whether no line has a rating or a turns ratio other than 1. */
  public static boolean covers(GridCase gridCase) {
    return gridCase.lines().stream().allMatch(NewtonReach::covers);
  }

  private static boolean covers(Line line) {
    return !line.isRated() && line.ratio() == 1.0;
  }

  /**
   * Refuses a case that is not covered.
   *
   * @throws CaseException naming every line with a rating or a turns ratio
   */
  static void require(GridCase gridCase) {
    List<CaseProblem> problems = new ArrayList<>();
    for (Line line : gridCase.lines()) {
      if (!covers(line)) {
        problems.add(problem(line));
      }
    }
    if (!problems.isEmpty()) {
      throw new CaseException(gridCase.name(), problems);
    }
  }

  private static CaseProblem problem(Line line) {
    String field = line.isRated() ? "ratingKva" : "ratio";
    return new CaseProblem(
        "case.json",
        "line " + line.from() + "-" + line.to(),
        field,
        Double.toString(line.isRated() ? line.ratingKva() : line.ratio()),
        "algorithm newton knows neither ratings nor turns ratios of lines",
        "run with --algorithm accelerated, which keeps to both");
  }
}
