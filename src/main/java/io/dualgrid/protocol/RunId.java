package io.dualgrid.protocol;

import java.security.SecureRandom;

/**
 * The public name of a run, drawn at random: no message of another run is taken for one of this.
 *
 * @param high first 8 bytes
 * @param low last 8 bytes
 */
public record RunId(long high, long low) {
  /** A new one. */
  public static RunId draw(SecureRandom random) {
    return new RunId(random.nextLong(), random.nextLong());
  }

  /** Whether a text is the name of a run as {@link #toString} writes it. */
  public static boolean isName(String text) {
    return text.matches("[0-9a-f]{32}");
  }

  /** As 16 bytes, big endian. */
  public byte[] toBytes() {
    return java.nio.ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  // what the language makes of a record is linked at run time, by dozens of small classes

  @Override
  public boolean equals(Object other) {
    return other instanceof RunId that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
