package io.dualgrid.ckks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Objects;

/**
 * The residues of a message where they lie in it, 64 bits each, little endian: [chunk][component]
 * [modulus][position]. A ciphertext of 33 kB passes through so many hands that a copy for each, as
 * an array of numbers, takes more time than adding or decrypting it. A view: what is written here
 * is written in the message.
 */
public final class Residues {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int from;
  private final int length;

  private Residues(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  /**
   * A view.
   *
   * @param bytes a message; kept, not copied
   * @param from of its bytes where the residues begin
   * @param length how many residues
   */
  static Residues in(byte[] bytes, int from, int length) {
    Objects.checkFromIndexSize(from, Math.multiplyExact(length, Long.BYTES), bytes.length);
    return new Residues(bytes, from, length);
  }

  /** Numbers in the order of the wire; copied. */
  public static Residues of(long... numbers) {
    Residues residues =
        new Residues(new byte[Math.multiplyExact(numbers.length, Long.BYTES)], 0, numbers.length);
    residues.put(numbers);
    return residues;
  }

  /** How many there are. */
  public int length() {
    return length;
  }

  /** One of them, as it was written; from another party only after a check below its modulus. */
  public long get(int index) {
    return (long) WORDS.get(bytes, from + Long.BYTES * Objects.checkIndex(index, length));
  }

  /** Overwrites one. */
  public void set(int index, long residue) {
    WORDS.set(bytes, from + Long.BYTES * Objects.checkIndex(index, length), residue);
  }

  /**
   * Overwrites all.
   *
   * @param numbers as many as there are residues
   */
  public void put(long[] numbers) {
    Objects.checkFromIndexSize(0, length, numbers.length);
    words().put(numbers, 0, length);
  }

  /** A copy, as numbers. */
  public long[] toArray() {
    long[] numbers = new long[length];
    words().get(numbers);
    return numbers;
  }

  /** All of them, to be moved many at a time. */
  LongBuffer words() {
    return words(bytes, from, length);
  }

  /**
   * Numbers where they lie in a message, to be moved many at a time: number after number is slow
   * until the second compiler has been at the loop, by when most runs are over.
   */
  public static LongBuffer words(byte[] bytes, int from, int count) {
    return ByteBuffer.wrap(bytes, from, Long.BYTES * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer();
  }

  /** For backends: the bytes they lie in, not a copy. */
  public byte[] sharedBytes() {
    return bytes;
  }

  /** Where in {@link #sharedBytes} the first begins. */
  public int offset() {
    return from;
  }
}
