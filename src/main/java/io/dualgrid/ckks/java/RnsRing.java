package io.dualgrid.ckks.java;

import io.dualgrid.ckks.CkksParameters;

/** The tables of one parameter set: a transform for every modulus, and the one of the slots. */
final class RnsRing {
  final CkksParameters parameters;
  final int degree;

  /** Key moduli, the special one last if there is one. */
  final Ntt[] transforms;

  final int dataModuli;
  final SlotTransform slots;
  private final double scale;

  /** 1/P modulo each data modulus. */
  private final long[] specialInverse;

  private final long[] specialShoup;

  /** radix[k][j] = qj mod qk. */
  private final long[][] radix;

  private final long[][] radixShoup;

  /** 1/(q0 … q(k−1)) mod qk. */
  private final long[] garner;

  private final long[] garnerShoup;

  RnsRing(CkksParameters parameters) {
    this.parameters = parameters;
    this.degree = parameters.ringDegree();
    this.dataModuli = parameters.dataModulusCount();
    this.transforms = new Ntt[parameters.keyModulusCount()];
    for (int i = 0; i < transforms.length; i++) {
      transforms[i] = new Ntt(degree, parameters.modulus(i));
    }
    this.slots = new SlotTransform(degree);
    this.scale = Math.scalb(1.0, parameters.log2Scale());
    this.specialInverse = new long[dataModuli];
    this.specialShoup = new long[dataModuli];
    for (int i = 0; i < dataModuli && parameters.hasSpecialModulus(); i++) {
      specialInverse[i] = modulus(i).invert(modulus(i).reduce(parameters.modulus(dataModuli)));
      specialShoup[i] = modulus(i).shoup(specialInverse[i]);
    }
    this.garner = new long[dataModuli];
    this.garnerShoup = new long[dataModuli];
    this.radix = new long[dataModuli][];
    this.radixShoup = new long[dataModuli][];
    for (int i = 1; i < dataModuli; i++) {
      Modulus modulus = modulus(i);
      radix[i] = new long[i];
      long product = 1;
      for (int j = 0; j < i; j++) {
        radix[i][j] = modulus.reduce(modulus(j).q);
        product = modulus.multiply(product, radix[i][j]);
      }
      radixShoup[i] = modulus.shoup(radix[i]);
      garner[i] = modulus.invert(product);
      garnerShoup[i] = modulus.shoup(garner[i]);
    }
  }

  Modulus modulus(int i) {
    return transforms[i].modulus();
  }

  /** Rounded coefficients of the chunk of values that starts there. */
  void encode(double[] values, int chunk, long[] coefficients, SlotTransform.Scratch scratch) {
    int from = chunk * parameters.slotCount();
    int count = Math.min(parameters.slotCount(), values.length - from);
    slots.encode(values, from, count, scale, coefficients, scratch);
  }

  /** Small signed coefficients, below q in magnitude, as residues. */
  void spread(long[] small, int modulusIndex, long[] residues, int offset) {
    long q = modulus(modulusIndex).q;
    for (int i = 0; i < degree; i++) {
      residues[offset + i] = small[i] + (q & (small[i] >> 63));
    }
  }

  /** Signed coefficients of any size as residues. */
  void reduce(long[] coefficients, int modulusIndex, long[] residues, int offset) {
    Modulus modulus = modulus(modulusIndex);
    for (int i = 0; i < degree; i++) {
      residues[offset + i] = modulus.reduce(coefficients[i]);
    }
  }

  /** Adds a polynomial of signed coefficients to the component at offset, all data moduli. */
  void addPolynomial(long[] coefficients, long[] residues, int offset, long[] transformed) {
    for (int i = 0; i < dataModuli; i++) {
      long q = modulus(i).q;
      reduce(coefficients, i, transformed, 0);
      transforms[i].forward(transformed, 0);
      int start = offset + i * degree;
      for (int j = 0; j < degree; j++) {
        residues[start + j] = Modulus.reduceOnce(residues[start + j] + transformed[j], q);
      }
    }
  }

  /**
   * One data modulus of a division by the special modulus P with rounding: (x − r)/P, r the rest of
   * x modulo P centred around zero.
   *
   * @param special x mod P, coefficient form; not modified
   * @param rest scratch of length N
   * @param out x mod q in value form at offset; replaced by the quotient
   */
  void divideBySpecial(int modulusIndex, long[] special, long[] rest, long[] out, int offset) {
    Modulus modulus = modulus(modulusIndex);
    long q = modulus.q;
    long p = modulus(dataModuli).q;
    for (int j = 0; j < degree; j++) {
      rest[j] = modulus.reduce(special[j] > p / 2 ? special[j] - p : special[j]);
    }
    transforms[modulusIndex].forward(rest, 0);
    for (int j = 0; j < degree; j++) {
      // at most q + q, below 2^62
      long difference = out[offset + j] - rest[j] + q;
      out[offset + j] =
          modulus.multiply(difference, specialInverse[modulusIndex], specialShoup[modulusIndex]);
    }
  }

  /**
   * The numbers of magnitude below Q/2 that the residues stand for, by mixed radix with digits
   * centred around zero (Garner): x = d0 + q0·(d1 + q1·(d2 + …)), so that a small number has small
   * digits and loses nothing in double precision.
   *
   * @param residues all data moduli, coefficient form; destroyed
   */
  void compose(long[] residues, double[] numbers) {
    for (int i = 0; i < degree; i++) {
      double number = 0;
      double weight = 1;
      for (int k = 0; k < dataModuli; k++) {
        Modulus modulus = modulus(k);
        long digit = residues[k * degree + i];
        // (x − value of the digits so far) / (q0 … q(k−1)) mod qk
        if (k > 0) {
          digit -= composedBefore(residues, i, k);
          digit += modulus.q & (digit >> 63);
          digit = modulus.multiply(digit, garner[k], garnerShoup[k]);
        }
        digit = digit > modulus.q / 2 ? digit - modulus.q : digit;
        residues[k * degree + i] = digit;
        number += digit * weight;
        weight *= modulus.q;
      }
      numbers[i] = number;
    }
  }

  /** d0 + q0·(d1 + …) of the digits before k, modulo qk. */
  private long composedBefore(long[] digits, int i, int k) {
    Modulus modulus = modulus(k);
    long value = modulus.reduce(digits[(k - 1) * degree + i]);
    for (int j = k - 2; j >= 0; j--) {
      value = modulus.multiply(value, radix[k][j], radixShoup[k][j]);
      value = Modulus.reduceOnce(value + modulus.reduce(digits[j * degree + i]), modulus.q);
    }
    return value;
  }
}
