package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.ckks.Residues;
import io.dualgrid.keys.KeyAccelerator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResidueHashTest {
  private static final byte[] KEY = new byte[32];

  static {
    Arrays.fill(KEY, (byte) 7);
  }

  /** The vectors as their definition says, word by word, out of one long key stream. */
  private static final class Vectors {
    private final ByteBuffer stream;

    Vectors(int longs) throws Exception {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(new byte[16]));
      stream = ByteBuffer.wrap(cipher.doFinal(new byte[8 * longs])).order(ByteOrder.LITTLE_ENDIAN);
    }

    BigInteger below(long q) {
      while (true) {
        long candidate = stream.getLong() & (Long.highestOneBit(q) << 1) - 1;
        if (candidate < q) {
          return BigInteger.valueOf(candidate);
        }
      }
    }
  }

  private static long[] residues(CkksParameters parameters, int chunks, boolean largest) {
    Random random = new Random(11);
    int degree = parameters.ringDegree();
    int moduli = parameters.dataModulusCount();
    long[] residues = new long[chunks * 2 * moduli * degree];
    for (int i = 0; i < residues.length; i++) {
      long q = parameters.modulus(i / degree % moduli);
      residues[i] = largest ? q - 1 : Math.floorMod(random.nextLong(), q);
    }
    return residues;
  }

  /** Largest residues are what overflows first. */
  @ParameterizedTest
  @CsvSource({
    "COMPACT, 1, false",
    "COMPACT, 1, true",
    "COMPACT, 3, false",
    "PUBLISHED, 1, false",
    "PUBLISHED, 1, true",
    "PUBLISHED, 2, true"
  })
  void theInnerProductsAreThoseOfLongArithmetic(ParameterSet set, int chunks, boolean largest)
      throws Exception {
    CkksParameters parameters = set.parameters();
    int degree = parameters.ringDegree();
    int moduli = parameters.dataModulusCount();
    long[] residues = residues(parameters, chunks, largest);
    // twice what is needed, as no candidate is refused more often than every second time
    Vectors vectors = new Vectors(2 * moduli * (2 * chunks * degree + Tag.length(parameters)));
    long[] expected = new long[Tag.length(parameters)];
    int word = 0;
    for (int m = 0; m < moduli; m++) {
      List<BigInteger> numbers = new ArrayList<>();
      while (numbers.size() < 2 * chunks * degree + Tag.wordsOf(parameters, m) - 1) {
        numbers.add(vectors.below(parameters.modulus(m)));
      }
      for (int k = 0; k < Tag.wordsOf(parameters, m); k++, word++) {
        BigInteger sum = BigInteger.ZERO;
        for (int p = 0; p < 2 * chunks; p++) {
          for (int i = 0; i < degree; i++) {
            long residue = residues[(p * moduli + m) * degree + i];
            sum = sum.add(numbers.get(p * degree + i + k).multiply(BigInteger.valueOf(residue)));
          }
        }
        expected[word] = sum.mod(BigInteger.valueOf(parameters.modulus(m))).longValueExact();
      }
    }
    try (ResidueHash hash = ResidueHash.drawn(KEY, parameters, chunks)) {
      assertThat(hash.of(Residues.of(residues))).isEqualTo(expected);
      assertThatThrownBy(() -> hash.of(Residues.of(Arrays.copyOf(residues, residues.length - 1))))
          .isInstanceOf(AuthenticationException.class);
    }
    try (ResidueHash hash = ResidueHash.drawn(KEY, parameters, chunks, JavaProducts::new)) {
      assertThat(hash.of(Residues.of(residues))).isEqualTo(expected);
    }
  }

  /**
   * Of a difference, whatever it is, the words of a hash are even over all pairs: under q = 5 and
   * over 25,000 keys each pair is met 1,000 times, with a deviation of 31.
   */
  @ParameterizedTest
  @CsvSource({"1 0 0 0", "0 0 0 2", "1 4 0 3", "3 3 3 3"})
  void wordsAreIndependentOfEachOther(String difference) {
    ByteBuffer residues = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(difference.split(" ")).map(Long::valueOf).forEach(residues::putLong);
    Random random = new Random(3);
    int[] met = new int[25];
    for (int i = 0; i < 1000 * met.length; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      try (JavaProducts products = new JavaProducts(key, new long[] {5}, new int[] {2}, 2, 2)) {
        long[] words = products.of(residues.array(), 0);
        met[(int) (5 * words[0] + words[1])]++;
      }
    }
    double squared = Arrays.stream(met).mapToDouble(n -> Math.pow(n - 1000, 2) / 1000).sum();
    // chi-squared of 24 degrees of freedom is beyond this once in a million
    assertThat(squared).isLessThan(77.6);
  }

  @Test
  void aClosedHashIsNotUsed() {
    KeyAccelerator.available()
        .ifPresent(
            by -> {
              CkksParameters parameters = CkksParameters.compact();
              ResidueHash hash = ResidueHash.drawn(KEY, parameters, 1, by::products);
              hash.close();
              Residues any = Residues.of(residues(parameters, 1, false));
              assertThatThrownBy(() -> hash.of(any)).isInstanceOf(IllegalStateException.class);
            });
  }

  /** q^words, the inverse of the chance of a forgery: 2^104 and more under every modulus. */
  @ParameterizedTest
  @EnumSource
  void aForgeryPassesOnceInTwoToThe104(ParameterSet set) {
    CkksParameters parameters = set.parameters();
    for (int m = 0; m < parameters.dataModulusCount(); m++) {
      BigInteger chances =
          BigInteger.valueOf(parameters.modulus(m)).pow(Tag.wordsOf(parameters, m));
      assertThat(chances.bitLength()).isGreaterThan(104);
    }
  }
}
