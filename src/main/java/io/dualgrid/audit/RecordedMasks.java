package io.dualgrid.audit;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.qp.QpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The masked programs that a cloud holds at the end of a run, each with the last linear term and
 * the cloud's answer to it. Thread safe.
 */
final class RecordedMasks {
  private final Map<Long, MaskedProblem> problems = new HashMap<>();
  private final Map<Long, SolvedProblem> solved = new HashMap<>();

  synchronized void accept(MaskedProblem problem) {
    problems.put(problem.mask(), problem);
  }

  synchronized void forget(long mask) {
    problems.remove(mask);
    solved.remove(mask);
  }

  synchronized void solve(MaskedLinearTerm term, MaskedAnswer answer) {
    MaskedProblem problem = problems.get(term.mask());
    if (problem != null && answer.status() == QpStatus.SOLVED) {
      solved.put(term.mask(), new SolvedProblem(problem, term, answer));
    }
  }

  synchronized List<SolvedProblem> last() {
    return List.copyOf(solved.values());
  }
}
