package io.dualgrid.caseio;

import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.GridCase;
import java.util.List;

/**
 * What an import made.
 *
 * @param gridCase the case as written and read back
 * @param notices every repair, default and thing left out
 * @param warnings what is allowed but doubtful in the case
 */
public record ImportReport(
    GridCase gridCase, List<ImportNotice> notices, List<CaseProblem> warnings) {
  /** Copies the lists. */
  public ImportReport {
    notices = List.copyOf(notices);
    warnings = List.copyOf(warnings);
  }
}
