package io.dualgrid.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A sound case of which it is proved, before any run of it, that no dispatch meets its limits. */
public final class InfeasibleCaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception for all reasons.
   *
   * @param subject the case
   * @param reasons at least one
   */
  public InfeasibleCaseException(String subject, List<CaseProblem> reasons) {
    super(
        reasons.stream()
            .map(reason -> System.lineSeparator() + "  " + reason)
            .collect(Collectors.joining("", subject + ": no dispatch meets the limits", "")));
  }
}
