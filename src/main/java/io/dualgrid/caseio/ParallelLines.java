package io.dualgrid.caseio;

import io.dualgrid.feeder.Line;
import java.util.List;

/** Lines between the same two nodes as one: a feeder has one line to each node. */
public final class ParallelLines {
  /** Rounding of a turned ratio. */
  private static final double SAME_RATIO = 1e-12;

  private ParallelLines() {}

  /** Whether two lines have one ratio, so that no current flows in a circle over both. */
  public static boolean haveOneRatio(Line first, Line second) {
    return Math.abs(first.ratio() - along(first, second).ratio()) <= SAME_RATIO * first.ratio();
  }

  private static Line along(Line first, Line second) {
    return second.from() == first.from() ? second : second.turned();
  }

  /**
   * One line that does what all do together: their admittances add up, and it carries as much as
   * loads the first of them fully. A line without impedance takes all of the current.
   *
   * @param lines at least one, between the same nodes and of one ratio
   */
  public static Line joint(List<Line> lines) {
    Line first = lines.get(0);
    List<Line> parts = lines.stream().map(line -> along(first, line)).toList();
    long bridges = parts.stream().filter(ParallelLines::hasNoImpedance).count();
    double conductance = 0;
    double susceptance = 0;
    for (Line part : parts) {
      conductance += bridges > 0 ? 0 : part.resistanceOhm() / squared(part);
      susceptance += bridges > 0 ? 0 : part.reactanceOhm() / squared(part);
    }
    double joint = bridges > 0 ? 1 : conductance * conductance + susceptance * susceptance;
    double rating = Double.POSITIVE_INFINITY;
    for (Line part : parts) {
      double share = share(part, bridges, joint);
      rating = share == 0 ? rating : Math.min(rating, part.ratingKva() / share);
    }
    return new Line(
        first.from(), first.to(), conductance / joint, susceptance / joint, first.ratio(), rating);
  }

  /** The part of the current that takes this way. */
  private static double share(Line part, long bridges, double joint) {
    if (bridges > 0) {
      return hasNoImpedance(part) ? 1.0 / bridges : 0;
    }
    return 1 / Math.sqrt(squared(part) * joint);
  }

  private static boolean hasNoImpedance(Line line) {
    return line.resistanceOhm() == 0 && line.reactanceOhm() == 0;
  }

  private static double squared(Line line) {
    return line.resistanceOhm() * line.resistanceOhm() + line.reactanceOhm() * line.reactanceOhm();
  }
}
