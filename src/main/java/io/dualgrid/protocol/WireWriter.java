package io.dualgrid.protocol;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Writes numbers, big endian. A message is written twice: once to know its length, which costs
 * nothing, and once into an array of just that length, since messages are large and many.
 */
final class WireWriter {
  private final ByteBuffer out; // null while only the length is counted
  private int length;
  private byte[] letter; // in which some content lies already
  private boolean inPlace = true; // all of that, so far

  private WireWriter(ByteBuffer out) {
    this.out = out;
  }

  /** What the content writes, as bytes. */
  static byte[] bytesOf(Consumer<WireWriter> content) {
    WireWriter counter = new WireWriter(null);
    content.accept(counter);
    ByteBuffer buffer = ByteBuffer.wrap(counter.array());
    content.accept(new WireWriter(buffer));
    return buffer.array();
  }

  /** What is to be written into: a new array, or the one in which all large content lies. */
  private byte[] array() {
    boolean begun = letter != null && inPlace && letter.length == length;
    return begun ? letter : new byte[length];
  }

  /** Whether the next bytes are to be written, and not only counted. */
  private boolean takes(int bytes) {
    length = Math.addExact(length, bytes);
    return out != null;
  }

  WireWriter u8(int value) {
    if (takes(Byte.BYTES)) {
      out.put((byte) value);
    }
    return this;
  }

  WireWriter u16(int value) {
    if (takes(Short.BYTES)) {
      out.putShort((short) value);
    }
    return this;
  }

  WireWriter i32(int value) {
    if (takes(Integer.BYTES)) {
      out.putInt(value);
    }
    return this;
  }

  WireWriter i64(long value) {
    if (takes(Long.BYTES)) {
      out.putLong(value);
    }
    return this;
  }

  WireWriter f64(double value) {
    if (takes(Double.BYTES)) {
      out.putDouble(value);
    }
    return this;
  }

  WireWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** A length, then the values. */
  WireWriter doubles(double[] values) {
    i32(values.length);
    int bytes = Math.multiplyExact(values.length, Double.BYTES);
    if (takes(bytes)) {
      out.asDoubleBuffer().put(values);
      out.position(out.position() + bytes);
    }
    return this;
  }

  /** A length, then the bytes. */
  WireWriter bytes(byte[] values) {
    i32(values.length);
    if (takes(values.length)) {
      out.put(values);
    }
    return this;
  }

  /** As bytes, the lowest first, of which the last is not zero. */
  WireWriter bits(BitSet values) {
    return bytes(values.toByteArray());
  }

  /** A length, then the content, unless that lies there already. */
  WireWriter hidden(Payload.Hidden content) {
    i32(content.length());
    if (out == null && content.inLetter()) {
      letter = letter == null ? content.array() : letter;
      inPlace &= content.array() == letter && content.from() == length;
    }
    if (takes(content.length())) {
      if (content.inLetter() && content.array() == out.array()) {
        out.position(out.position() + content.length());
      } else {
        out.put(content.array(), content.from(), content.length());
      }
    }
    return this;
  }
}
