package io.dualgrid.mask.attack.structure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many values of one quantity were read right. The attacker does not know the order of the
 * steps and is not asked for it: every claim is matched to the closest true value that is left.
 *
 * @param quantity what was read
 * @param values how many there are
 * @param claimed how many the attacker claims to have read
 * @param right how many of these are right, to {@link #PRECISION}
 * @param largestError among the right ones, relative to the value where that is not small
 * @param blind how many a guess without any mask gets right: the same figure for all of an energy
 *     system, zero or the limit, whichever is better
 */
public record ReadingScore(
    Quantity quantity, int values, int claimed, int right, double largestError, int blind) {
  /** Relative difference up to which a reading is right: that of the cloud's solver, amplified. */
  public static final double PRECISION = 1e-4;

  /** Values below that are compared as they are. */
  private static final double SMALL = 1e-2;

  /** Scores of all quantities that are there to be read or claimed to be. */
  public static List<ReadingScore> of(List<Reading> readings, Map<Quantity, List<Double>> truth) {
    Map<Quantity, List<Double>> claims = new EnumMap<>(Quantity.class);
    for (Reading reading : readings) {
      claims.computeIfAbsent(reading.quantity(), key -> new ArrayList<>()).add(reading.value());
    }
    List<ReadingScore> scores = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      List<Double> claimed = claims.getOrDefault(quantity, List.of());
      List<Double> values = truth.getOrDefault(quantity, List.of());
      if (!claimed.isEmpty() || !values.isEmpty()) {
        scores.add(score(quantity, claimed, values));
      }
    }
    return scores;
  }

  /** Both together; of the same quantity. */
  public ReadingScore plus(ReadingScore other) {
    return new ReadingScore(
        quantity,
        values + other.values,
        claimed + other.claimed,
        right + other.right,
        Math.max(largestError, other.largestError),
        blind + other.blind);
  }

  private static ReadingScore score(Quantity quantity, List<Double> claimed, List<Double> values) {
    List<Double> left = new ArrayList<>(values);
    int right = 0;
    double largest = 0.0;
    for (double claim : claimed) {
      Double closest = null;
      for (Double value : left) {
        if (closest == null || Math.abs(value - claim) < Math.abs(closest - claim)) {
          closest = value;
        }
      }
      if (closest != null && error(claim, closest) <= PRECISION) {
        left.remove(closest);
        right++;
        largest = Math.max(largest, error(claim, closest));
      }
    }
    long none = values.stream().filter(value -> error(0.0, value) <= PRECISION).count();
    long full = values.stream().filter(value -> error(1.0, value) <= PRECISION).count();
    return new ReadingScore(
        quantity, values.size(), claimed.size(), right, largest, (int) Math.max(none, full));
  }

  private static double error(double claim, double value) {
    return Math.abs(claim - value) / Math.max(SMALL, Math.abs(value));
  }
}
