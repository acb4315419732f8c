package io.dualgrid.mask;

/** What the check of a cloud's answer found; anything but {@link #ACCEPTED} must not be used. */
public enum AnswerVerdict {
  /** Feasible and optimal within the tolerances, in the energy system's own space. */
  ACCEPTED("accepted"),
  /** Of another mask or another linear term. */
  STALE("stale: belongs to another mask or iteration"),
  /**
   * Not the cloud's fault: a limit that is left out of the masked problem matters this time, so
   * only the energy system itself can solve its program.
   */
  INCOMPLETE("asked too little: a limit left out of the masked problem matters"),
  /** The cloud says that it could not solve the problem. */
  NOT_SOLVED("not solved, says the cloud"),
  /** Fewer or more values than the problem has. */
  TRUNCATED("truncated: wrong number of values"),
  /** A NaN or an infinity. */
  NOT_FINITE("not finite"),
  /** Violates a row of the energy system. */
  INFEASIBLE("infeasible: violates a limit of the energy system"),
  /** Solution and multipliers do not cancel the gradient. */
  NOT_STATIONARY("wrong: the gradient does not vanish"),
  /** A multiplier on a row that does not bind, or of the wrong sign. */
  NOT_COMPLEMENTARY("wrong: a multiplier on a limit that does not bind");

  private final String description;

  AnswerVerdict(String description) {
    this.description = description;
  }

  /** For summaries. */
  public String description() {
    return description;
  }
}
