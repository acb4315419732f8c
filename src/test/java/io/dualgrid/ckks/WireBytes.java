package io.dualgrid.ckks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Wire bytes that a test changes, with a checksum that fits again. */
public final class WireBytes {
  static final int KIND = 6;
  static final int PARAMETER_ID = 8;
  static final int KEY_ID = 16;
  static final int RING_DEGREE = 24;
  static final int MODULUS_COUNT = 28;
  static final int LOG2_SCALE = 30;
  static final int VALUE_COUNT = 32;
  static final int TERMS = 36;
  static final int MODULI = 40;

  private final ByteBuffer bytes;

  private WireBytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A copy of a ciphertext's. */
  public static WireBytes of(Ciphertext ciphertext) {
    return new WireBytes(ciphertext.toBytes());
  }

  static WireBytes of(byte[] bytes) {
    return new WireBytes(bytes.clone());
  }

  WireBytes putLong(int offset, long value) {
    bytes.putLong(offset, value);
    return this;
  }

  WireBytes putInt(int offset, int value) {
    bytes.putInt(offset, value);
    return this;
  }

  WireBytes putShort(int offset, int value) {
    bytes.putShort(offset, (short) value);
    return this;
  }

  WireBytes putByte(int offset, int value) {
    bytes.put(offset, (byte) value);
    return this;
  }

  int residueOffset(int index) {
    return MODULI + 8 * (bytes.getShort(MODULUS_COUNT) + index);
  }

  /** Overwrites a residue. */
  public WireBytes putResidue(int index, long value) {
    return putLong(residueOffset(index), value);
  }

  /** The bytes as they are, checksum and all. */
  byte[] raw() {
    return bytes.array().clone();
  }

  /** The bytes with the checksum put right. */
  public byte[] sealed() {
    int end = bytes.capacity() - 4;
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, end);
    bytes.putInt(end, (int) crc.getValue());
    return raw();
  }
}
