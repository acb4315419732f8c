package io.dualgrid.consensus.newton;

/**
 * Where a coupled limit stands.
 *
 * @param kind what is limited
 * @param node index of the node whose voltage it is, or in which the line ends whose flow it is
 * @param step time step
 * @param ratingRow row of the {@link io.dualgrid.feeder.RatingPolygon}; zero for the other kinds
 */
public record RowPlace(Kind kind, int node, int step, int ratingRow) {
  /** What a coupled row limits. */
  public enum Kind {
    /** The voltage of a node. */
    VOLTAGE,
    /** The active flow on the line above a node. */
    ACTIVE_FLOW,
    /** The reactive flow on the line above a node. */
    REACTIVE_FLOW,
    /** A row of the rating of the line above a node. */
    RATING
  }

  /** A limit that is no rating. */
  public RowPlace(Kind kind, int node, int step) {
    this(kind, node, step, 0);
  }

  // what the language makes of a record is linked at run time, by dozens of small classes

  @Override
  public boolean equals(Object other) {
    return other instanceof RowPlace that
        && kind == that.kind
        && node == that.node
        && step == that.step
        && ratingRow == that.ratingRow;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * kind.ordinal() + node) + step) + ratingRow;
  }
}
