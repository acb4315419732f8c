package io.dualgrid.protocol;

/**
 * What is written on every message, in the clear.
 *
 * @param type of the message inside
 * @param run the run it belongs to
 * @param epoch of the keys, from 1; a new epoch has new keys
 * @param iteration from 1; 0 while the run is set up
 * @param phase within the iteration, from 1, counted by the operator's orders; 0 before the first
 * @param party the edge at one end of the link: the sender on the way to the operator, the receiver
 *     on the way back; a random number on the way to the cloud
 * @param sequence counts the messages of one link in one direction, from 1
 */
public record Envelope(
    MessageType type, RunId run, int epoch, int iteration, int phase, int party, long sequence) {
  /** Version of this protocol; parties of different versions refuse each other. */
  public static final int VERSION = 3;

  /** Bytes before the content of a message. */
  public static final int BYTES =
      Short.BYTES
          + Byte.BYTES
          + 2 * Long.BYTES
          + 2 * Integer.BYTES
          + Byte.BYTES
          + Integer.BYTES
          + Long.BYTES;

  /** Largest number of phases in an iteration. */
  public static final int MOST_PHASES = 255;

  /** Checks the ranges. */
  public Envelope {
    if (epoch < 1 || iteration < 0 || phase < 0 || phase > MOST_PHASES || sequence < 1) {
      throw new ProtocolException(
          AbortCode.MALFORMED,
          "epoch "
              + epoch
              + ", iteration "
              + iteration
              + ", phase "
              + phase
              + ", number "
              + sequence
              + ": no message is numbered so");
    }
  }

  /** Number of a phase among all of an epoch, as secure sums count their rounds. */
  public static long round(int iteration, int phase) {
    return (MOST_PHASES + 1L) * iteration + phase;
  }

  void write(WireWriter out) {
    out.u16(VERSION).u8(type.code()).i64(run.high()).i64(run.low());
    out.i32(epoch).i32(iteration).u8(phase).i32(party).i64(sequence);
  }

  static Envelope read(WireReader in) {
    int version = in.u16();
    if (version != VERSION) {
      throw new ProtocolException(
          AbortCode.WRONG_VERSION,
          "a message of protocol version " + version + "; this party speaks " + VERSION);
    }
    return new Envelope(
        MessageType.of(in.u8()),
        new RunId(in.i64(), in.i64()),
        in.i32(),
        in.i32(),
        in.u8(),
        in.i32(),
        in.i64());
  }

  @Override
  public String toString() {
    return type
        + " "
        + sequence
        + " of party "
        + party
        + ", epoch "
        + epoch
        + ", iteration "
        + iteration
        + ", phase "
        + phase;
  }
}
