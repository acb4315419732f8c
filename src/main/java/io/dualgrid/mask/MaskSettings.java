package io.dualgrid.mask;

/**
 * How masks are drawn and how long they live.
 *
 * @param kind published or hardened
 * @param lifetimeIterations linear terms sent under one mask; {@link #UNTIL_QUADRATIC_CHANGES}
 *     keeps it as long as the quadratic term stands
 * @param conditionNumber bound on the condition number of T (hardened), at least 1; larger hides no
 *     more and costs digits
 * @param paddingFraction redundant rows added, as a mean fraction of the real ones (hardened); from
 *     0 to 1
 * @param deferBeyond rows whose bounds are farther than this from zero, per unit, are left out of
 *     every masked program, and so are rows that hardly differ in direction from another
 *     (hardened); an answer that violates one makes the energy system solve locally; positive,
 *     infinite to leave none out
 */
public record MaskSettings(
    MaskKind kind,
    int lifetimeIterations,
    double conditionNumber,
    double paddingFraction,
    double deferBeyond) {
  /** A lifetime as long as that of the quadratic term. */
  public static final int UNTIL_QUADRATIC_CHANGES = 0;

  /** The default of the engine. */
  public static final MaskSettings HARDENED =
      new MaskSettings(MaskKind.HARDENED, UNTIL_QUADRATIC_CHANGES, 50.0, 0.1, 20.0);

  /** As in the published study: a new rotation for each iteration. */
  public static final MaskSettings PUBLISHED =
      new MaskSettings(MaskKind.PUBLISHED, 1, 1.0, 0.0, Double.POSITIVE_INFINITY);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public MaskSettings {
    if (lifetimeIterations < 0
        || !(conditionNumber >= 1 && conditionNumber <= 1e4)
        || !(paddingFraction >= 0 && paddingFraction <= 1)
        || !(deferBeyond > 0)) {
      throw new IllegalArgumentException(
          "mask lifetime "
              + lifetimeIterations
              + " (0 or more iterations), condition number "
              + conditionNumber
              + " (1 to 1e4), padding "
              + paddingFraction
              + " (0 to 1), deferred beyond "
              + deferBeyond
              + " (positive)");
    }
  }

  /** The defaults of a kind. */
  public static MaskSettings of(MaskKind kind) {
    return switch (kind) {
      case HARDENED -> HARDENED;
      case PUBLISHED -> PUBLISHED;
    };
  }

  /** The same with another lifetime. */
  public MaskSettings withLifetime(int iterations) {
    return new MaskSettings(kind, iterations, conditionNumber, paddingFraction, deferBeyond);
  }
}
