package io.dualgrid.consensus;

import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.problem.CaseProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * There is proof that no dispatch meets all limits, so that no figures of the run mean anything.
 */
public final class InfeasibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Shortfall> shortfalls;
  private final transient List<CaseProblem> problems;

  /** With the proof. */
  public InfeasibleException(String message) {
    this(message, List.of(), List.of());
  }

  /**
   * With the proof, and with what is short.
   *
   * @param problems the same for people
   */
  public InfeasibleException(
      String message, List<Shortfall> shortfalls, List<CaseProblem> problems) {
    super(message);
    this.shortfalls = List.copyOf(shortfalls);
    this.problems = List.copyOf(problems);
  }

  /** What is short; empty where that is not known. */
  public List<Shortfall> shortfalls() {
    return shortfalls;
  }

  /** The proof, then what is short, a line each. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>(List.of(getMessage()));
    problems.forEach(problem -> notices.add(problem.toString()));
    return notices;
  }
}
