package io.dualgrid.ckks;

import java.nio.ByteBuffer;

/**
 * Adds ciphertexts as they lie on the wire. A sum does so little with each residue that a native
 * call, which would copy whole messages twice more, gains nothing; here a polynomial at a time is
 * copied out, checked, added and written.
 */
final class WireSum {
  private WireSum() {}

  /**
   * The sum of two messages whose envelopes have been checked and go together.
   *
   * @param header of the sum
   * @return null when a residue is out of range or a second component zero; which, a reader of each
   *     message tells
   */
  static byte[] add(
      ByteBuffer first, ByteBuffer second, WireFormat.Header header, CkksParameters parameters) {
    int start = WireFormat.residueOffset(parameters, header.kind());
    byte[] a = first.array();
    byte[] b = second.array();
    int beginA = first.arrayOffset() + first.position();
    int beginB = second.arrayOffset() + second.position();
    int degree = parameters.ringDegree();
    int polynomialBytes = degree * Long.BYTES;
    int moduli = parameters.dataModulusCount();
    int polynomials = 2 * moduli * parameters.chunks(header.valueCount());
    byte[] sum = WireFormat.withHeader(parameters, header, Math.multiplyExact(polynomials, degree));
    long[] polynomial = new long[degree];
    long[] other = new long[degree];
    for (int p = 0; p < polynomials; p++) {
      long q = parameters.modulus(p % moduli);
      int from = start + p * polynomialBytes;
      if (p % (2 * moduli) == moduli) {
        int bytes = moduli * polynomialBytes;
        if (isZero(a, beginA + from, bytes) || isZero(b, beginB + from, bytes)) {
          return null;
        }
      }
      Residues.words(a, beginA + from, degree).get(polynomial);
      Residues.words(b, beginB + from, degree).get(other);
      if (add(polynomial, other, q) < 0) {
        return null;
      }
      Residues.words(sum, from, degree).put(polynomial);
    }
    WireFormat.seal(sum);
    return sum;
  }

  /**
   * Negative when a residue is not below q.
   *
   * @param sum the first polynomial, which becomes the sum
   */
  private static long add(long[] sum, long[] second, long q) {
    long beyond = 0;
    for (int i = 0; i < sum.length; i++) {
      long a = sum[i];
      long b = second[i];
      beyond |= a | b | (q - 1 - a) | (q - 1 - b);
      long less = a + b - q;
      sum[i] = less + (q & (less >> 63));
    }
    return beyond;
  }

  private static boolean isZero(byte[] bytes, int from, int count) {
    for (int at = from; at < from + count; at++) {
      if (bytes[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
