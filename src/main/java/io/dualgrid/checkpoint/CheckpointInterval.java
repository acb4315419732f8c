package io.dualgrid.checkpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a checkpoint is written: after a time or after a number of iterations, whichever of the
 * two is given; the other is zero.
 *
 * @param seconds between two checkpoints, or 0
 * @param iterations between two checkpoints, or 0
 */
public record CheckpointInterval(long seconds, int iterations) {
  /** A minute of work is what a kill may cost. */
  public static final CheckpointInterval DEFAULT = new CheckpointInterval(60, 0);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})(s|min|it)");

  /**
   * Checks that exactly one of the two is given.
   *
   * @throws IllegalArgumentException when not
   */
  public CheckpointInterval {
    if (seconds < 0 || iterations < 0 || (seconds > 0) == (iterations > 0)) {
      throw new IllegalArgumentException("give either seconds or iterations, more than zero");
    }
  }

  /**
   * Reads 30s, 5min or 20it.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static CheckpointInterval parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches() && Integer.parseInt(matcher.group(1)) > 0) {
      int number = Integer.parseInt(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> new CheckpointInterval(number, 0);
        case "min" -> new CheckpointInterval(60L * number, 0);
        default -> new CheckpointInterval(0, number);
      };
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a time such as 30s or 5min, nor a number of iterations such as 20it");
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return iterations > 0 ? iterations + "it" : seconds + "s";
  }
}
