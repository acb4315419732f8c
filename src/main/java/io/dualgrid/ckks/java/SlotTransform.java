package io.dualgrid.ckks.java;

import java.util.Arrays;

/**
 * The canonical embedding between N/2 real slots and N real coefficients.
 *
 * <p>Slot j is the value of the polynomial at ζ^(3^j mod 2N), ζ = exp(iπ/N) (SEAL's order). With
 * X^(N/2) = i at every root ζ^(4t+1), the polynomial folds into N/2 complex coefficients w_k = m_k
 * + i·m_(k+N/2), whose values at ζ^(4t+1) are a Fourier transform of w_k·ζ^k of length N/2. A slot
 * whose exponent is 3 mod 4 is found, conjugated, at the negative exponent; for real slots the
 * conjugate changes nothing. Immutable, thread safe; the scratch is the caller's.
 */
final class SlotTransform {
  private final int slots;
  private final int[] position;
  private final double[] twistCos;
  private final double[] twistSin;
  private final double[] rootCos;
  private final double[] rootSin;

  SlotTransform(int ringDegree) {
    slots = ringDegree / 2;
    position = new int[slots];
    twistCos = new double[slots];
    twistSin = new double[slots];
    rootCos = new double[slots / 2];
    rootSin = new double[slots / 2];
    int unusedBits = 32 - Integer.numberOfTrailingZeros(slots);
    int mask = 2 * ringDegree - 1;
    int exponent = 1;
    for (int j = 0; j < slots; j++) {
      int folded = (exponent & 3) == 1 ? exponent : 2 * ringDegree - exponent;
      position[j] = Integer.reverse((folded - 1) / 4) >>> unusedBits;
      exponent = exponent * 3 & mask;
      twistCos[j] = Math.cos(Math.PI * j / ringDegree);
      twistSin[j] = Math.sin(Math.PI * j / ringDegree);
    }
    for (int k = 0; k < slots / 2; k++) {
      rootCos[k] = Math.cos(2 * Math.PI * k / slots);
      rootSin[k] = Math.sin(2 * Math.PI * k / slots);
    }
  }

  /** Working arrays of one caller. */
  static final class Scratch {
    private final double[] re;
    private final double[] im;

    Scratch(int ringDegree) {
      re = new double[ringDegree / 2];
      im = new double[ringDegree / 2];
    }

    void wipe() {
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
    }
  }

  /**
   * Encodes values[from … from + count) and zeros behind them into rounded coefficients.
   *
   * @param coefficients length N, overwritten
   */
  void encode(
      double[] values, int from, int count, double scale, long[] coefficients, Scratch scratch) {
    double[] re = scratch.re;
    double[] im = scratch.im;
    scratch.wipe();
    double factor = scale / slots;
    for (int j = 0; j < count; j++) {
      re[position[j]] = values[from + j] * factor;
    }
    fromBitReversed(re, im);
    for (int k = 0; k < slots; k++) {
      // times ζ^(-k)
      double c = twistCos[k];
      double s = twistSin[k];
      coefficients[k] = (long) Math.rint(re[k] * c + im[k] * s);
      coefficients[k + slots] = (long) Math.rint(im[k] * c - re[k] * s);
    }
  }

  /**
   * Decodes N coefficients into all N/2 slots.
   *
   * @param coefficients length N; not modified
   * @param values from offset on, overwritten
   */
  void decode(double[] coefficients, double scale, double[] values, int offset, Scratch scratch) {
    double[] re = scratch.re;
    double[] im = scratch.im;
    double factor = 1 / scale;
    for (int k = 0; k < slots; k++) {
      double x = coefficients[k] * factor;
      double y = coefficients[k + slots] * factor;
      re[k] = x * twistCos[k] - y * twistSin[k];
      im[k] = x * twistSin[k] + y * twistCos[k];
    }
    toBitReversed(re, im);
    for (int j = 0; j < slots; j++) {
      values[offset + j] = re[position[j]];
    }
  }

  /** Σ over inputs with exp(−2πi·tk/n), input in bit-reversed order. */
  private void fromBitReversed(double[] re, double[] im) {
    for (int half = 1, stride = slots / 2; half < slots; half <<= 1, stride >>= 1) {
      for (int start = 0; start < slots; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          double c = rootCos[k * stride];
          double s = -rootSin[k * stride];
          int a = start + k;
          int b = a + half;
          double x = re[b] * c - im[b] * s;
          double y = re[b] * s + im[b] * c;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  /** Σ over inputs with exp(+2πi·tk/n), output in bit-reversed order. */
  private void toBitReversed(double[] re, double[] im) {
    for (int half = slots / 2, stride = 1; half > 0; half >>= 1, stride <<= 1) {
      for (int start = 0; start < slots; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          double c = rootCos[k * stride];
          double s = rootSin[k * stride];
          int a = start + k;
          int b = a + half;
          double x = re[a] - re[b];
          double y = im[a] - im[b];
          re[a] += re[b];
          im[a] += im[b];
          re[b] = x * c - y * s;
          im[b] = x * s + y * c;
        }
      }
    }
  }
}
