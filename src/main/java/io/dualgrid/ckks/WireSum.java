package io.dualgrid.ckks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Adds ciphertexts as they lie on the wire. A sum does so little with each residue that copying
 * them out of a message and into another takes most of the time, and a native call would copy once
 * more; here each is read, checked, added and written in one pass.
 */
final class WireSum {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
    int polynomialBytes = parameters.ringDegree() * Long.BYTES;
    int moduli = parameters.dataModulusCount();
    int polynomials = 2 * moduli * parameters.chunks(header.valueCount());
    byte[] sum =
        WireFormat.withHeader(
            parameters, header, Math.multiplyExact(polynomials, parameters.ringDegree()));
    for (int p = 0; p < polynomials; p++) {
      long q = parameters.modulus(p % moduli);
      int from = start + p * polynomialBytes;
      if (p % (2 * moduli) == moduli) {
        int bytes = moduli * polynomialBytes;
        if (isZero(a, beginA + from, bytes) || isZero(b, beginB + from, bytes)) {
          return null;
        }
      }
      if (add(a, beginA + from, b, beginB + from, sum, from, polynomialBytes, q) < 0) {
        return null;
      }
    }
    WireFormat.seal(sum);
    return sum;
  }

  /** Negative when a residue is not below q. */
  private static long add(
      byte[] first,
      int inFirst,
      byte[] second,
      int inSecond,
      byte[] sum,
      int inSum,
      int bytes,
      long q) {
    long beyond = 0;
    for (int at = 0; at < bytes; at += Long.BYTES) {
      long a = (long) WORDS.get(first, inFirst + at);
      long b = (long) WORDS.get(second, inSecond + at);
      beyond |= a | b | (q - 1 - a) | (q - 1 - b);
      long less = a + b - q;
      WORDS.set(sum, inSum + at, less + (q & (less >> 63)));
    }
    return beyond;
  }

  private static boolean isZero(byte[] bytes, int from, int count) {
    for (int at = from; at < from + count; at += Long.BYTES) {
      if ((long) WORDS.get(bytes, at) != 0) {
        return false;
      }
    }
    return true;
  }
}
