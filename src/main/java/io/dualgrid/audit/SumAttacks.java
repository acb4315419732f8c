package io.dualgrid.audit;

import io.dualgrid.audit.OperatorAttacks.Finding;
import io.dualgrid.consensus.newton.StepGrid;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Attacks of the operator, alone or with sites, on the sums of newton. Held against the parts of
 * the same run in the clear, which takes the same course.
 */
final class SumAttacks {
  /** Where all others amount to less than this of one part, the sum is that part to 1 %. */
  static final double OTHERS = 0.01;

  /** What is left of parts by rounding, against the largest of the sum. */
  private static final double NOTHING = 1e-12;

  private SumAttacks() {}

  /** Numbers that each site put into one sum. */
  record Parts(MessageType order, double[][] bySite) {
    static List<Parts> of(List<SumRecorder.Round> rounds) {
      List<Parts> parts = new ArrayList<>();
      for (SumRecorder.Round round : rounds) {
        if (!SumKinds.random(round.type())) {
          parts.add(
              new Parts(
                  round.type(),
                  round.parts().stream()
                      .map(payload -> telling(round.type(), ((Payload.Plain) payload).values()))
                      .toArray(double[][]::new)));
        }
      }
      return parts;
    }

    /** Without the numbers that are random where they are not zero. */
    private static double[] telling(MessageType order, double[] values) {
      return order == MessageType.NEWTON_DIRECT
          ? Arrays.copyOf(values, values.length - 2 * StepGrid.LEVELS)
          : values;
    }

    /** What has changed since the sum before of the same kind, number by number. */
    Parts since(Parts before) {
      double[][] changes = new double[bySite.length][];
      for (int site = 0; site < changes.length; site++) {
        int length = Math.min(bySite[site].length, before.bySite[site].length);
        changes[site] = new double[length];
        for (int k = 0; k < length; k++) {
          changes[site][k] = bySite[site][k] - before.bySite[site][k];
        }
      }
      return new Parts(order, changes);
    }
  }

  /** The changes of each sum from one of its kind to the next. */
  static List<Parts> changes(List<Parts> sums) {
    Map<MessageType, Parts> last = new EnumMap<>(MessageType.class);
    List<Parts> changes = new ArrayList<>();
    for (Parts sum : sums) {
      Parts before = last.put(sum.order(), sum);
      if (before != null) {
        changes.add(sum.since(before));
      }
    }
    return changes;
  }

  /**
   * Sums in which one site but the root outweighs all others a hundred times.
   *
   * @param name of the attack
   * @param assumed what the attacker knows
   * @param colluding sites that tell the operator their parts: in each sum those with the largest
   */
  static Finding ofOneSite(String name, String assumed, List<Parts> sums, int root, int colluding) {
    long found = 0;
    long all = 0;
    Map<MessageType, Long> where = new EnumMap<>(MessageType.class);
    for (Parts sum : sums) {
      for (int k = 0; k < sum.bySite()[0].length; k++) {
        all++;
        if (isOfOne(sum.bySite(), k, root, colluding)) {
          found++;
          where.merge(sum.order(), 1L, Long::sum);
        }
      }
    }
    StringBuilder detail = new StringBuilder(all + " numbers");
    where.forEach(
        (order, count) ->
            detail.append("; ").append(SumKinds.name(order)).append(": ").append(count));
    return new Finding(name, assumed, found, 0.0, 0, detail.toString());
  }

  private static boolean isOfOne(double[][] bySite, int k, int root, int colluding) {
    Integer[] sites = new Integer[bySite.length];
    Arrays.setAll(sites, site -> site);
    Arrays.sort(sites, (a, b) -> Double.compare(size(bySite, b, k), size(bySite, a, k)));
    int target = sites[colluding];
    double others = 0.0;
    for (int place = colluding + 1; place < sites.length; place++) {
      others += size(bySite, sites[place], k);
    }
    double largest = size(bySite, sites[0], k);
    double own = size(bySite, target, k);
    return target != root && own > NOTHING * largest && others <= OTHERS * own;
  }

  private static double size(double[][] bySite, int site, int k) {
    return Math.abs(bySite[site][k]);
  }
}
