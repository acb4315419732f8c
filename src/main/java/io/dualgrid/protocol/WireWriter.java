package io.dualgrid.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes numbers, big endian, into bytes that grow. */
final class WireWriter {
  private byte[] bytes = new byte[128];
  private int length;

  private ByteBuffer room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * length, 1 << 30)));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, length, count);
    length = needed;
    return buffer;
  }

  WireWriter u8(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  WireWriter u16(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  WireWriter i32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  WireWriter i64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  WireWriter f64(double value) {
    room(Double.BYTES).putDouble(value);
    return this;
  }

  WireWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** A length, then the values. */
  WireWriter doubles(double[] values) {
    i32(values.length);
    room(Math.multiplyExact(values.length, Double.BYTES)).asDoubleBuffer().put(values);
    return this;
  }

  /** A length, then the bytes. */
  WireWriter bytes(byte[] values) {
    i32(values.length);
    room(values.length).put(values);
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
