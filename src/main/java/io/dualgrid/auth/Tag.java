package io.dualgrid.auth;

import io.dualgrid.ckks.CkksParameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a sender adds to a ciphertext so that the receiver of a sum with it can tell that it is in
 * there: for every modulus q a few words t = ⟨r, c⟩ + pad mod q, see {@link LineTags}. The operator
 * passes it on with the sum. Immutable.
 */
public final class Tag {
  /** A forgery passes with probability below 2 to minus this. */
  private static final int STRENGTH_BITS = 104;

  private final CkksParameters parameters;
  private final long[] words;

  /** Kept, not copied; in the order of the moduli. */
  Tag(CkksParameters parameters, long[] words) {
    this.parameters = parameters;
    this.words = words;
  }

  /** Words under one modulus: as many as make q^words exceed 2^104. */
  static int wordsOf(CkksParameters parameters, int modulus) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(parameters.modulus(modulus)) - 1;
    return (STRENGTH_BITS + bits - 1) / bits;
  }

  /** Words of a tag. */
  static int length(CkksParameters parameters) {
    int length = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      length += wordsOf(parameters, m);
    }
    return length;
  }

  /** Bytes of a tag. */
  public static int bytes(CkksParameters parameters) {
    return Long.BYTES * length(parameters);
  }

  /** Reading only. */
  long word(int i) {
    return words[i];
  }

  /** As it goes over the wire: its words, little endian. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(Long.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    out.asLongBuffer().put(words);
    return out.array();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws AuthenticationException on a length or a word that no tag under the parameters has
   */
  public static Tag fromBytes(byte[] bytes, CkksParameters parameters) {
    long[] words = new long[length(parameters)];
    if (bytes.length != Long.BYTES * words.length) {
      throw new AuthenticationException(
          "a tag of " + bytes.length + " bytes, not " + Long.BYTES * words.length);
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
    int i = 0;
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      for (int k = 0; k < wordsOf(parameters, m); k++, i++) {
        if (words[i] < 0 || words[i] >= parameters.modulus(m)) {
          throw new AuthenticationException("word " + i + " of a tag is not below its modulus");
        }
      }
    }
    return new Tag(parameters, words);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tag that
        && parameters.id() == that.parameters.id()
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return "Tag[" + words.length + " words]";
  }
}
