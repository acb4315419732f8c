package io.dualgrid.edge;

import io.dualgrid.auth.AuthenticationException;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.WideNumbers;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * One energy system's part of sums along the tree, which the operator forms without reading them,
 * in two round trips however deep the tree is. First both ends of every line are given the sum over
 * all nodes below it; then every node is given the sum over the lines from the root to it, of what
 * the upper end of each finds from the first.
 *
 * <p><b>What hides them.</b> With Mₗ the pad of line l, node j sends its own numbers plus M of the
 * line above it minus M of those below. In the sum over a subtree all pads cancel but that of the
 * line above, which both its ends take off. Of a line, its upper end sends what is to be added plus
 * the line's pad minus the pad of the line above; along a path all cancel but the last. Pads of
 * different lines are independent, and there are as many as there are messages, so to the operator
 * all messages together are uniform. Colluders learn sums over those parts of the tree that they
 * cut out of it, which flows and voltages at their own lines tell as well.
 *
 * <p><b>What an operator that lies comes to.</b> A node that was given a sum over its subtree other
 * than its own numbers and the sums below it make stops. That both ends of a line were given the
 * same, and a lower end what its upper one adds up to, is found by what the two ends add to their
 * reports from then on, see {@link Answers#held}: else totals over all nodes are noise. That goes
 * for sums out of range as well, which no node stops at: where one stops must not depend on what is
 * hidden. Nothing else that depends on the sums leaves the node in the clear.
 *
 * <p>One thread at a time.
 */
final class TreeSums {
  private static final int POISON_BYTES = 32;

  /** What is added up. */
  interface Quantity {
    /**
     * The sums over subtrees are known.
     *
     * @param above of what is below the line above, the own numbers included; null at the root
     * @param below of what is below each line below, in their order
     * @return what each line below adds along the path to its lower end, all of one length
     */
    double[][] below(double[] above, double[][] below);

    /**
     * The sum along the path is known; zeros at the root. Reports.
     *
     * @param path from the root to this node
     */
    void along(double[] path);
  }

  private final LineEnd up; // null at the root
  private final List<LineEnd> down;
  private final FixedPoint scale;
  private final int parties;
  private Quantity quantity;
  private Answers answers;
  private WideNumbers own;
  private WideNumbers above; // sum over the own subtree; null until it is known
  private WideNumbers[] below; // sums over those below, each null until it is known
  private WideNumbers[] added; // by the lines below; null before all sums are known
  private WideNumbers pathPad; // of the line above; set with what is added
  private WideNumbers path; // null until it is known
  private int lengthOfPath;
  private boolean broken; // whether a sum was out of range

  /**
   * Before any sum.
   *
   * @param parties number of energy systems
   */
  TreeSums(EdgeSystem edge, int parties) {
    this.parties = parties;
    scale = FixedPoint.forReports(parties);
    up = edge.ends().stream().filter(line -> line.port.downstream()).findFirst().orElse(null);
    down = edge.ends().stream().filter(line -> !line.port.downstream()).toList();
  }

  /** The line above, null at the root. */
  LineEnd up() {
    return up;
  }

  /** The lines below. */
  List<LineEnd> down() {
    return down;
  }

  /**
   * Begins, in a phase of its own.
   *
   * @param values own numbers of the sums over subtrees
   * @param length of what is added along paths
   */
  void begin(double[] values, int length, Quantity summed, Answers to) {
    quantity = summed;
    answers = to;
    lengthOfPath = length;
    own = WideNumbers.of(values, scale);
    above = null;
    below = new WideNumbers[down.size()];
    added = null;
    path = null;
    broken = false;
    if (up != null) {
      WideNumbers part = own.plus(up.masks.upwards(own.count()));
      for (LineEnd line : down) {
        part = part.minus(line.masks.upwards(own.count()));
      }
      answers.treePart(up, part);
    } else if (down.isEmpty()) {
      passOn();
    }
  }

  /** What comes from now on is late. */
  void stop() {
    quantity = null;
  }

  /**
   * Takes what the operator has added up.
   *
   * @throws AuthenticationException where it is not what the own numbers and the sums below make
   */
  void hear(LineEnd line, TreeSum message) {
    if (quantity == null) {
      throw withoutSweep(line);
    }
    WideNumbers given = WideNumbers.fromBytes(message.numbers());
    if (line == up && above != null) {
      hearPath(given);
      return;
    }
    int place = down.indexOf(line);
    boolean again = line != up && below[place] != null;
    if (again || given.count() != own.count()) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "line " + line.line + ": a sum over a subtree that is not due");
    }
    WideNumbers sum = given.minus(line.masks.upwards(own.count()));
    if (line == up) {
      above = sum;
    } else {
      below[place] = sum;
    }
    if ((up == null || above != null) && !Arrays.asList(below).contains(null)) {
      passOn();
    }
  }

  /** A sum that nothing has asked for. */
  static ProtocolException withoutSweep(LineEnd line) {
    return new ProtocolException(
        AbortCode.UNEXPECTED, "line " + line.line + ": a sum along the tree without a sweep");
  }

  private void passOn() {
    if (up != null) {
      WideNumbers all = own;
      for (WideNumbers part : below) {
        all = all.plus(part);
      }
      if (!all.same(above)) {
        throw new AuthenticationException(
            "line "
                + up.line
                + ": what the operator says flows over it is not what is below it; nothing was told"
                + " of it");
      }
    }
    double[][] values = new double[below.length][];
    for (int k = 0; k < below.length; k++) {
      values[k] = read(below[k]);
    }
    double[][] adds = quantity.below(up == null ? null : read(above), values);
    added = new WideNumbers[adds.length];
    pathPad = up == null ? WideNumbers.zeros(lengthOfPath) : up.masks.downwards(lengthOfPath);
    for (int k = 0; k < adds.length; k++) {
      added[k] = written(adds[k]);
      answers.treePart(
          down.get(k), added[k].plus(down.get(k).masks.downwards(lengthOfPath)).minus(pathPad));
    }
    if (up == null) {
      take(WideNumbers.zeros(lengthOfPath));
    }
  }

  private void hearPath(WideNumbers given) {
    if (added == null || path != null || given.count() != lengthOfPath) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "line " + up.line + ": a sum along a path that is not due");
    }
    take(given.minus(pathPad));
  }

  private void take(WideNumbers sum) {
    path = sum;
    double[] values = read(sum);
    byte[] poison = broken ? noise() : new byte[0];
    if (up != null) {
      up.masks.hold(above.toBytes(), path.toBytes(), poison);
    }
    for (int k = 0; k < down.size(); k++) {
      down.get(k).masks.hold(below[k].toBytes(), path.plus(added[k]).toBytes(), poison);
    }
    answers.held();
    quantity.along(values);
  }

  /** The values of sums; zeros where one is out of range, so that no total comes out any more. */
  private double[] read(WideNumbers sums) {
    try {
      return sums.values(scale, parties);
    } catch (SecureSumException e) {
      broken = true;
      return new double[sums.count()];
    }
  }

  /** The same for what is added. */
  private WideNumbers written(double[] values) {
    try {
      return WideNumbers.of(values, scale);
    } catch (SecureSumException e) {
      broken = true;
      return WideNumbers.zeros(values.length);
    }
  }

  private static byte[] noise() {
    byte[] noise = new byte[POISON_BYTES];
    new SecureRandom().nextBytes(noise);
    return noise;
  }
}
