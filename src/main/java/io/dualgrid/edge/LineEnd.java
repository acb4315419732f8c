package io.dualgrid.edge;

import io.dualgrid.device.Port;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.LineSetup;
import io.dualgrid.protocol.ProtocolException;
import java.util.Arrays;
import java.util.List;

/**
 * What one energy system keeps of one line: its port, its codec, its copy x and the consensus z,
 * each P, then Q, then V over the horizon, per unit.
 */
final class LineEnd implements AutoCloseable {
  final int line;
  final Port port;
  final BoundaryCodec codec;
  final LineMasks masks;

  /** Weight of this end's copy in the consensus; the other end has one minus it. */
  final double weight;

  final double[] x;
  final double[] previousX;
  final double[] z;
  final double[] lambda;

  /** The copy sent last: with z it gives the copy of the other end. */
  private final double[] sent;

  private long sentSequence;
  private long otherSequence;
  private boolean agreed;

  LineEnd(int line, Port port, BoundaryCodec codec, LineMasks masks, double weight) {
    this.line = line;
    this.port = port;
    this.codec = codec;
    this.masks = masks;
    this.weight = weight;
    int length = 3 * port.active().length;
    x = new double[length];
    previousX = new double[length];
    z = new double[length];
    lambda = new double[length];
    sent = new double[length];
  }

  /** Of a run without encryption. */
  static LineEnd plain(LineSetup line, Port port) {
    return new LineEnd(
        line.line(),
        port,
        new BoundaryCodec.Plain(line.line(), port.downstream(), line.weight()),
        LineMasks.NONE,
        line.weight());
  }

  /** Keeps the present copy as the previous one and takes the new one out of a solution. */
  void take(double[] solution) {
    System.arraycopy(x, 0, previousX, 0, x.length);
    port.read(solution, x);
  }

  /**
   * The message with a copy of this line's values; no consensus is known for it yet.
   *
   * @param sequence the number that this message is going to have
   */
  Boundary seal(double[] values, long sequence) {
    System.arraycopy(values, 0, sent, 0, sent.length);
    sentSequence = sequence;
    agreed = false;
    return codec.seal(values);
  }

  /**
   * Reads a consensus that the operator formed of what this end sent last.
   *
   * @param into length 3 · steps, overwritten
   * @throws ProtocolException when it is of another message of this end, or of one of the other end
   *     that has been used before
   */
  void open(Consensus message, double[] into) {
    long own = port.downstream() ? message.downstreamSequence() : message.upstreamSequence();
    long other = port.downstream() ? message.upstreamSequence() : message.downstreamSequence();
    if (own != sentSequence || other <= otherSequence) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "line " + line + ": a consensus of older copies");
    }
    codec.open(message, into);
    otherSequence = other;
    agreed = true;
  }

  /**
   * Refuses to go on without a consensus that came after the copies were sent.
   *
   * @throws ProtocolException when there is none
   */
  void requireAgreed() {
    if (!agreed) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "line " + line + ": the operator goes on without its consensus");
    }
  }

  /** The copy of the other end, out of the consensus z and what this end sent last. */
  void readOther(double[] other) {
    for (int i = 0; i < other.length; i++) {
      other[i] = (z[i] - weight * sent[i]) / (1 - weight);
    }
  }

  /** ‖x − z‖₂ of one quantity over the horizon: 0 for P, 1 for Q, 2 for V. */
  double mismatch(int quantity) {
    return distance(x, z, quantity);
  }

  /** ‖x − previous x‖₂ of one quantity over the horizon. */
  double change(int quantity) {
    return distance(x, previousX, quantity);
  }

  /** Largest |x − z| of the voltage at any step. */
  double voltageMismatch() {
    int steps = x.length / 3;
    double largest = 0.0;
    for (int i = 2 * steps; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - z[i]));
    }
    return largest;
  }

  /** Wipes its values and its codec's keys. */
  @Override
  public void close() {
    for (double[] values : List.of(x, previousX, z, lambda, sent)) {
      Arrays.fill(values, 0.0);
    }
    codec.close();
    masks.close();
  }

  static double distance(double[] a, double[] b, int quantity) {
    int steps = a.length / 3;
    double sum = 0.0;
    for (int i = quantity * steps; i < (quantity + 1) * steps; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
