package io.dualgrid.caseio.check;

import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of checking a case.
 *
 * @param subject what was checked, such as the folder
 * @param gridCase the case; empty when there are errors
 * @param errors what makes the case unusable
 * @param warnings what is allowed but doubtful
 */
public record CaseCheck(
    String subject,
    Optional<GridCase> gridCase,
    List<CaseProblem> errors,
    List<CaseProblem> warnings) {
  /** Copies the lists. */
  public CaseCheck {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * The case.
   *
   * @throws CaseException with all errors when there are any
   */
  public GridCase orThrow() {
    return gridCase.orElseThrow(() -> new CaseException(subject, errors));
  }
}
