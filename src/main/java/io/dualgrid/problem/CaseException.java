package io.dualgrid.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A case that cannot be used, with every problem that was found in it. */
public final class CaseException extends RuntimeException {
  /** More than anybody reads before mending the first of them. */
  private static final int SHOWN = 200;

  private final transient List<CaseProblem> problems;

  /**
   * An exception for all problems of a case.
   *
   * @param subject what was read, such as the folder
   * @param problems at least one
   */
  public CaseException(String subject, List<CaseProblem> problems) {
    this(subject, problems, List.of());
  }

  /**
   * An exception for all problems of a case, which tells what else is doubtful as well.
   *
   * @param subject what was read, such as the folder
   * @param problems at least one
   * @param warnings what is allowed but doubtful, as far as it was looked at
   */
  public CaseException(String subject, List<CaseProblem> problems, List<CaseProblem> warnings) {
    super(message(subject, problems, warnings));
    this.problems = List.copyOf(problems);
  }

  private static String message(
      String subject, List<CaseProblem> problems, List<CaseProblem> warnings) {
    String head =
        subject + ": " + problems.size() + (problems.size() == 1 ? " problem" : " problems");
    int more = problems.size() - SHOWN;
    String doubts =
        warnings.stream()
            .map(warning -> System.lineSeparator() + "  warning: " + warning)
            .collect(Collectors.joining());
    String tail = (more > 0 ? System.lineSeparator() + "  and " + more + " more" : "") + doubts;
    return problems.stream()
        .limit(SHOWN)
        .map(problem -> System.lineSeparator() + "  " + problem)
        .collect(Collectors.joining("", head, tail));
  }

  /** All problems, in the order of the files. */
  public List<CaseProblem> problems() {
    return problems;
  }
}
