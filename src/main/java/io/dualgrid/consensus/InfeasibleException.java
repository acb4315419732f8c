package io.dualgrid.consensus;

import io.dualgrid.problem.CaseProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * There is proof that no dispatch meets all limits, so that no figures of the run mean anything.
 */
public final class InfeasibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<CaseProblem> shortfalls;

  /** With the proof. */
  public InfeasibleException(String message) {
    this(message, List.of());
  }

  /** With the proof, and with what is short. */
  public InfeasibleException(String message, List<CaseProblem> shortfalls) {
    super(message);
    this.shortfalls = List.copyOf(shortfalls);
  }

  /** The proof, then what is short, a line each. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>(List.of(getMessage()));
    shortfalls.forEach(shortfall -> notices.add(shortfall.toString()));
    return notices;
  }
}
