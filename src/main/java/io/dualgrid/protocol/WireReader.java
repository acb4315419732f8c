package io.dualgrid.protocol;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Reads what {@link WireWriter} wrote; never allocates more than the bytes that are there. */
final class WireReader {
  private final ByteBuffer in;

  WireReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  private ByteBuffer need(int bytes) {
    if (bytes > in.remaining()) {
      throw malformed("it ends too early");
    }
    return in;
  }

  static ProtocolException malformed(String what) {
    return new ProtocolException(AbortCode.MALFORMED, what);
  }

  int u8() {
    return need(Byte.BYTES).get() & 0xff;
  }

  int u16() {
    return need(Short.BYTES).getShort() & 0xffff;
  }

  int i32() {
    return need(Integer.BYTES).getInt();
  }

  long i64() {
    return need(Long.BYTES).getLong();
  }

  boolean flag() {
    int value = u8();
    if (value > 1) {
      throw malformed(value + " is neither yes nor no");
    }
    return value == 1;
  }

  /** A count from zero to a limit. */
  int count(int most) {
    int value = i32();
    if (value < 0 || value > most) {
      throw malformed("a count of " + value + " where " + most + " is the most");
    }
    return value;
  }

  /** A count of entries that the bytes behind it have room for. */
  int lengthOf(int bytesOfEach) {
    int length = i32();
    if (length < 0 || length > in.remaining() / bytesOfEach) {
      throw malformed("a length of " + length + " where " + in.remaining() + " bytes are left");
    }
    return length;
  }

  /** A finite number. */
  double finite() {
    double value = need(Double.BYTES).getDouble();
    if (!Double.isFinite(value)) {
      throw malformed("a number that is not finite");
    }
    return value;
  }

  /** Finite numbers. */
  double[] finites() {
    double[] values = doubles();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw malformed("a number that is not finite");
      }
    }
    return values;
  }

  /** Any numbers, infinite ones and those that are none included. */
  double[] doubles() {
    int length = lengthOf(Double.BYTES);
    double[] values = new double[length];
    need(length * Double.BYTES).asDoubleBuffer().get(values);
    in.position(in.position() + length * Double.BYTES);
    return values;
  }

  byte[] bytes() {
    int length = lengthOf(Byte.BYTES);
    byte[] values = new byte[length];
    in.get(values);
    return values;
  }

  /** Bits as {@link WireWriter#bits} writes them, and in no other form. */
  BitSet bits() {
    byte[] values = bytes();
    if (values.length > 0 && values[values.length - 1] == 0) {
      throw malformed("bits that end in nothing");
    }
    return BitSet.valueOf(values);
  }

  /** Bytes as they lie in the letter, not a copy, with their seeds before them. */
  Payload.Hidden hidden() {
    byte[] seeds = bytes();
    int length = lengthOf(Byte.BYTES);
    Payload.Hidden view =
        new Payload.Hidden(in.array(), in.arrayOffset() + in.position(), length, seeds);
    in.position(in.position() + length);
    return view;
  }

  /** Refuses bytes that nothing has asked for. */
  void end() {
    if (in.hasRemaining()) {
      throw malformed(in.remaining() + " bytes too many");
    }
  }
}
