package io.dualgrid.protocol;

/**
 * Numbers on their way to or from the operator: boundary values of a line (P, then Q, then V over
 * the horizon, per unit) or scalars to be summed.
 */
public sealed interface Payload {

  /**
   * Numbers in the clear, where messages are not protected.
   *
   * @param values finite; not modified after sending
   */
  record Plain(double[] values) implements Payload {
    /** The length only. */
    @Override
    public String toString() {
      return "Plain[" + values.length + " values]";
    }
  }

  /**
   * A ciphertext or masked summand in its own wire format.
   *
   * @param bytes not modified after sending
   */
  record Hidden(byte[] bytes) implements Payload {
    /** The length only. */
    @Override
    public String toString() {
      return "Hidden[" + bytes.length + " bytes]";
    }
  }

  /** Writes the kind and the content. */
  static void write(Payload payload, WireWriter out) {
    if (payload instanceof Plain plain) {
      out.u8(0).doubles(plain.values);
    } else {
      out.u8(1).bytes(((Hidden) payload).bytes);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Payload read(WireReader in) {
    return in.flag() ? new Hidden(in.bytes()) : new Plain(in.finites());
  }
}
