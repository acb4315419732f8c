package io.dualgrid.ckks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
      byte[] first, byte[] second, WireFormat.Header header, CkksParameters parameters) {
    int start = WireFormat.residueOffset(parameters, header.kind());
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
        if (isZero(first, from, bytes) || isZero(second, from, bytes)) {
          return null;
        }
      }
      if (add(first, second, sum, from, from + polynomialBytes, q) < 0) {
        return null;
      }
    }
    WireFormat.seal(sum);
    return sum;
  }

  /** Negative when a residue is not below q. */
  private static long add(byte[] first, byte[] second, byte[] sum, int from, int to, long q) {
    long beyond = 0;
    for (int at = from; at < to; at += Long.BYTES) {
      long a = (long) WORDS.get(first, at);
      long b = (long) WORDS.get(second, at);
      beyond |= a | b | (q - 1 - a) | (q - 1 - b);
      long less = a + b - q;
      WORDS.set(sum, at, less + (q & (less >> 63)));
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
