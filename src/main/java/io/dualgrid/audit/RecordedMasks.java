package io.dualgrid.audit;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.ReleaseMask;
import io.dualgrid.qp.QpStatus;
import java.util.HashMap;
import java.util.Map;

/**
 * The masked programs that a cloud holds, each with the last linear term and the cloud's answer to
 * it, from the messages between edges and cloud. Thread safe.
 */
final class RecordedMasks {
  private final Map<Long, MaskedProblem> programs = new HashMap<>();
  private final Map<Long, MaskedLinearTerm> terms = new HashMap<>();
  private final Map<Integer, SolvedProblem> solved = new HashMap<>(); // by edge

  /**
   * Takes a message to or from the cloud; what is none of a mask is ignored.
   *
   * @param edge index of the edge at the other end
   */
  synchronized void take(int edge, Message message) {
    if (message instanceof MaskedProgram program) {
      programs.put(
          program.mask(),
          new MaskedProblem(
              program.mask(),
              program.dimension(),
              program.quadratic(),
              program.rows(),
              program.lower(),
              program.upper(),
              program.start(),
              program.startMultipliers()));
    } else if (message instanceof ReleaseMask release) {
      programs.remove(release.mask());
      terms.remove(release.mask());
    } else if (message instanceof MaskedTerm term) {
      terms.put(term.mask(), new MaskedLinearTerm(term.mask(), term.number(), term.linear()));
    } else if (message instanceof MaskedSolution solution) {
      MaskedProblem problem = programs.get(solution.mask());
      MaskedLinearTerm term = terms.get(solution.mask());
      boolean complete = problem != null && term != null && solution.solved();
      if (complete && term.sequence() == solution.number()) {
        solved.put(edge, new SolvedProblem(problem, term, answer(solution)));
      }
    }
  }

  private static MaskedAnswer answer(MaskedSolution solution) {
    return new MaskedAnswer(
        solution.mask(),
        solution.number(),
        QpStatus.SOLVED,
        solution.y(),
        solution.multipliers(),
        solution.iterations());
  }

  /** What the cloud has now, by the index of the edge it solved for. */
  synchronized Map<Integer, SolvedProblem> last() {
    return Map.copyOf(solved);
  }
}
