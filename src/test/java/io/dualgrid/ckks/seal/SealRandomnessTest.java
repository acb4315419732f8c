package io.dualgrid.ckks.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.dualgrid.natives.LoadedLibrary;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The random numbers of native encryption: the streams by known answers and against the Java
 * platform's own, the distributions by Pearson's chi-squared.
 */
class SealRandomnessTest {
  private static final int COUNT = 1 << 18;

  private static SealLibrary library;

  @BeforeAll
  static void sealIsThere() {
    LoadedLibrary<SealLibrary> loaded = SealCkksBackend.load();
    assumeTrue(loaded.available(), () -> loaded.status().failure());
    library = loaded.functions();
  }

  private static byte[] stream(int kind, byte[] seed, int count) {
    byte[] bytes = new byte[count];
    int status;
    try (Memory memory = new Memory((long) seed.length + count)) {
      memory.write(0, seed, 0, seed.length);
      Pointer out = memory.share(seed.length);
      status = library.dualgrid_seal_stream(kind, memory, seed.length, out, count);
      out.read(0, bytes, 0, count);
    }
    assumeTrue(
        status == SealLibrary.OK || kind == SealLibrary.CHACHA, library::dualgrid_seal_last_error);
    assertThat(status).isEqualTo(SealLibrary.OK);
    return bytes;
  }

  @Test
  void aesGivesWhatThePlatformGives() throws GeneralSecurityException {
    Random random = new Random(5);
    for (int turn = 0; turn < 50; turn++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"), new IvParameterSpec(new byte[16]));
      int count = 256 * (1 + random.nextInt(40));
      assertThat(stream(SealLibrary.AES, seed, count)).isEqualTo(cipher.doFinal(new byte[count]));
    }
  }

  @Test
  void chachaGivesWhatThePlatformGives() throws GeneralSecurityException {
    Random random = new Random(6);
    for (int turn = 0; turn < 50; turn++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      Cipher cipher = Cipher.getInstance("ChaCha20");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(seed, "ChaCha20"),
          new ChaCha20ParameterSpec(new byte[12], 0));
      int count = 256 * (1 + random.nextInt(40));
      assertThat(stream(SealLibrary.CHACHA, seed, count))
          .isEqualTo(cipher.doFinal(new byte[count]));
    }
  }

  @Test
  void knownAnswers() {
    // AES-256 of a block of zeros under a key of zeros: the hash key H of test case 13 of McGrew
    // and
    // Viega, The Galois/Counter Mode of Operation, appendix B
    byte[] aes = stream(SealLibrary.AES, new byte[32], 256);
    assertThat(HexFormat.of().formatHex(aes, 0, 16)).isEqualTo("dc95c078a2408989ad48a21492842087");
    // RFC 8439, A.1, test vectors 1 and 2: key and nonce zero, blocks 0 and 1
    byte[] chacha = stream(SealLibrary.CHACHA, new byte[32], 256);
    assertThat(HexFormat.of().formatHex(chacha, 0, 80))
        .isEqualTo(
            "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
                + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
                + "9f07e7be5551387a98ba977c732d080d");
  }

  private static long[] sample(int distribution, long modulus) {
    long[] values = new long[COUNT];
    assertThat(library.dualgrid_seal_sample(distribution, modulus, values, COUNT))
        .isEqualTo(SealLibrary.OK);
    return values;
  }

  @Test
  void ternaryDigitsComeEquallyOften() {
    long[] counts = new long[3];
    for (long value : sample(SealLibrary.TERNARY, 1)) {
      counts[Math.toIntExact(value + 1)]++;
    }
    requireFit(counts, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0});
  }

  @Test
  void errorsAreCentredBinomialOfFortyTwoCoins() {
    long[] counts = new long[43];
    for (long value : sample(SealLibrary.ERROR, 1)) {
      counts[Math.toIntExact(value + 21)]++;
    }
    double[] chances = new double[43];
    BigInteger choices = BigInteger.ONE;
    for (int heads = 0; heads <= 42; heads++) {
      chances[heads] = choices.doubleValue() * Math.pow(2, -42);
      choices =
          choices.multiply(BigInteger.valueOf(42 - heads)).divide(BigInteger.valueOf(heads + 1));
    }
    requireFit(counts, chances);
  }

  /** A modulus far from a power of two, where a missing rejection shows, in 64 even classes. */
  @Test
  void residuesAreEvenOverTheModulus() {
    long modulus = (5L << 50) + 1;
    long[] counts = new long[64];
    for (long value : sample(SealLibrary.UNIFORM, modulus)) {
      assertThat(value).isBetween(0L, modulus - 1);
      counts[(int) (value / ((modulus + 63) / 64))]++;
    }
    double[] chances = new double[64];
    Arrays.fill(chances, 1 / 64.0);
    requireFit(counts, chances);
  }

  /** What is drawn one after another is not correlated: over pairs of ternary digits. */
  @Test
  void neighboursAreIndependent() {
    long[] values = sample(SealLibrary.TERNARY, 1);
    long[] counts = new long[9];
    for (int i = 0; i < COUNT; i += 2) {
      counts[Math.toIntExact(3 * (values[i] + 1) + values[i + 1] + 1)]++;
    }
    double[] chances = new double[9];
    Arrays.fill(chances, 1 / 9.0);
    requireFit(counts, chances);
  }

  @Test
  void noTwoCallsGiveTheSame() {
    assertThat(sample(SealLibrary.UNIFORM, 1L << 50))
        .isNotEqualTo(sample(SealLibrary.UNIFORM, 1L << 50));
  }

  /**
   * Pearson's statistic, rare classes pooled. It has as many degrees of freedom d as classes less
   * one; by Wilson and Hilferty the cube root of χ²/d is nearly normal with mean 1 − 2/(9d) and
   * variance 2/(9d), and six deviations are exceeded once in 1e9 runs.
   */
  private static void requireFit(long[] counts, double[] chances) {
    double total = Arrays.stream(counts).sum();
    double statistic = 0;
    int classes = 0;
    double pooledCount = 0;
    double pooledChance = 0;
    for (int c = 0; c < counts.length; c++) {
      pooledCount += counts[c];
      pooledChance += chances[c];
      boolean last = c == counts.length - 1;
      double left = total * Arrays.stream(chances, c + 1, chances.length).sum();
      if (pooledChance * total >= 10 && (last || left >= 10)) {
        double difference = pooledCount - pooledChance * total;
        statistic += difference * difference / (pooledChance * total);
        classes++;
        pooledCount = 0;
        pooledChance = 0;
      }
    }
    assertThat(pooledChance).as("every class is counted").isZero();
    double freedom = classes - 1;
    double variance = 2 / (9 * freedom);
    double deviations = (Math.cbrt(statistic / freedom) - (1 - variance)) / Math.sqrt(variance);
    assertThat(deviations).as("chi-squared %s of %s classes", statistic, classes).isLessThan(6);
  }
}
