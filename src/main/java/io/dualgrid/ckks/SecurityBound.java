package io.dualgrid.ckks;

import java.util.Map;
import java.util.TreeMap;

/**
 * Largest total modulus, in bits, that keeps 128-bit security against classical attackers, by ring
 * degree: uniform ternary secrets, errors of standard deviation 3.19 or more. Source: Bossuat et
 * al., "Security Guidelines for Implementing Homomorphic Encryption", IACR ePrint 2024/463, table
 * 5.2. These bounds are 1 to 13 bits below those of the Homomorphic Encryption Standard of 2018,
 * which SEAL's own parameter check still has: what passes here passes there.
 */
public final class SecurityBound {

  /** Largest log2 of the whole modulus, special prime included, by ring degree. */
  private static final TreeMap<Integer, Integer> CLASSICAL_128 =
      new TreeMap<>(Map.of(2048, 53, 4096, 106, 8192, 214, 16384, 430, 32768, 868));

  private SecurityBound() {}

  /**
   * Bits that the product of all moduli may have.
   *
   * @param ringDegree a power of two from 2048 to 32768
   * @throws CkksException {@link CkksException.Reason#INSECURE_PARAMETERS} for a degree without a
   *     bound
   */
  public static int maxModulusBits(int ringDegree) {
    Integer bits = CLASSICAL_128.get(ringDegree);
    if (bits == null) {
      throw new CkksException(
          CkksException.Reason.INSECURE_PARAMETERS,
          "ring degree "
              + ringDegree
              + " has no 128-bit bound; use one of "
              + CLASSICAL_128.keySet());
    }
    return bits;
  }
}
