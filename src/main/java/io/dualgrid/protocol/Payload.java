package io.dualgrid.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

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
   * A ciphertext or masked summand in its own wire format: part of an array, which on arrival is
   * that of the whole letter, since ciphertexts are large and many.
   *
   * @param array not modified after sending, nor after arrival
   * @param from where the content begins
   * @param length of the content
   * @param seeds of what in a ciphertext is drawn of seeds, and so need not cross a network; not
   *     modified, empty where there are none
   * @param inLetter whether the array is that of the letter to come, made by {@link Boundary#rooms}
   *     or {@link Consensus#room}, and the content where it belongs in it
   */
  record Hidden(byte[] array, int from, int length, byte[] seeds, boolean inLetter)
      implements Payload {
    static final byte[] NO_SEEDS = {};

    /** Checks the range. */
    public Hidden {
      Objects.checkFromIndexSize(from, length, array.length);
    }

    /** A part of an array, with its seeds. */
    public Hidden(byte[] array, int from, int length, byte[] seeds) {
      this(array, from, length, seeds, false);
    }

    /** All of an array. */
    public Hidden(byte[] bytes) {
      this(bytes, NO_SEEDS);
    }

    /** All of an array, with its seeds. */
    public Hidden(byte[] bytes, byte[] seeds) {
      this(bytes, 0, bytes.length, seeds);
    }

    /** The content where it lies. */
    public ByteBuffer buffer() {
      return ByteBuffer.wrap(array, from, length).slice();
    }

    /** The content. A copy. */
    public byte[] bytes() {
      return Arrays.copyOfRange(array, from, from + length);
    }

    /** The length only. */
    @Override
    public String toString() {
      return "Hidden[" + length + " bytes]";
    }
  }

  /** Bytes of hidden content before the content itself: kind, seeds, and both lengths. */
  static int before(byte[] seeds) {
    return Byte.BYTES + Integer.BYTES + seeds.length + Integer.BYTES;
  }

  /** Writes the kind and the content. */
  static void write(Payload payload, WireWriter out) {
    if (payload instanceof Plain plain) {
      out.u8(0).doubles(plain.values);
    } else {
      Hidden hidden = (Hidden) payload;
      out.u8(1).bytes(hidden.seeds).hidden(hidden);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Payload read(WireReader in) {
    return in.flag() ? in.hidden() : new Plain(in.finites());
  }
}
