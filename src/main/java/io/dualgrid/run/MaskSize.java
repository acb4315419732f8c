package io.dualgrid.run;

import io.dualgrid.device.DesProgram;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the masked programs of a case can be handled at all. A mask makes a program dense, so its
 * memory grows with the square of the variables and its drawing with the cube; a node with two
 * hundred lines would compute for minutes before its first iteration. What is too large is refused
 * before a run.
 */
final class MaskSize {
  /** Some 2 GB and half a minute a mask. */
  private static final int MOST_VARIABLES = 6_000;

  /** H, L, T, two rotations and a factor of the basis, each of the square of the variables. */
  private static final double SQUARES = 6;

  private MaskSize() {}

  /**
   * Refuses a case with a program that is too large to mask.
   *
   * @param programs of the energy systems, in the order of the case's nodes
   * @throws CaseException naming all such nodes
   */
  static void require(GridCase gridCase, List<DesProgram> programs) {
    List<CaseProblem> problems = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      int free = freeVariables(programs.get(i).program());
      if (free > MOST_VARIABLES) {
        problems.add(problem(gridCase.nodes().get(i).id(), programs.get(i), free));
      }
    }
    if (!problems.isEmpty()) {
      throw new CaseException(gridCase.name(), problems);
    }
  }

  /** What the equality rows leave free, if none of them is redundant. */
  private static int freeVariables(QuadraticProgram program) {
    int equalities = 0;
    for (int i = 0; i < program.rowCount(); i++) {
      if (program.lower()[i] == program.upper()[i]) {
        equalities++;
      }
    }
    return program.variableCount() - equalities;
  }

  private static CaseProblem problem(int node, DesProgram program, int free) {
    return new CaseProblem(
        "case.json",
        "node " + node,
        "",
        program.ports().size() + " lines",
        String.format(
            Locale.ROOT,
            "its masked program would have %d variables, all in every row, where %d can be handled:"
                + " a mask would take %.0f GB",
            free,
            MOST_VARIABLES,
            Double.BYTES * SQUARES * free * free * 1e-9),
        "use fewer steps (--steps), spread its lines over several nodes, or run with --privacy ckks,"
            + " which masks no programs");
  }
}
