package io.dualgrid.ckks;

import java.util.Map;
import java.util.TreeMap;

/**
 * Largest total modulus, in bits, that keeps 128-bit security against classical attackers, by ring
 * degree: ternary secrets, error of standard deviation 3.2. Source: Homomorphic Encryption Standard
 * (HomomorphicEncryption.org, November 2018), table 1; the same figures bound SEAL's own parameter
 * check.
 */
public final class SecurityBound {

  /** Largest log2 of the whole modulus, special prime included, by ring degree. */
  private static final TreeMap<Integer, Integer> CLASSICAL_128 =
      new TreeMap<>(Map.of(1024, 27, 2048, 54, 4096, 109, 8192, 218, 16384, 438, 32768, 881));

  private SecurityBound() {}

  /**
   * Bits that the product of all moduli may have.
   *
   * @param ringDegree a power of two from 1024 to 32768
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
