package io.dualgrid.study;

import io.dualgrid.device.ProfileDriver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One way that the days of a study may go.
 *
 * @param name unique in the study
 * @param repetitions how many times its factors are drawn
 * @param factors of profiles
 * @param profiles of its days
 * @param outages of its devices
 */
record Scenario(
    String name,
    int repetitions,
    List<Factor> factors,
    DayProfiles profiles,
    List<Outage> outages) {
  /** Copies the lists. */
  Scenario {
    factors = List.copyOf(factors);
    outages = List.copyOf(outages);
  }

  /** Whether any factor is random. */
  boolean isDrawn() {
    return factors.stream().anyMatch(factor -> factor.distribution().isDrawn());
  }

  /**
   * The factors of all days by kind of profile. Each factor has a stream of its own, by seed,
   * scenario, repetition and place, so that a study is the same in whatever order it runs, and a
   * further scenario or factor leaves the others as they are.
   */
  Map<ProfileDriver, double[]> draw(long seed, int repetition, int days) {
    Map<ProfileDriver, double[]> product = new EnumMap<>(ProfileDriver.class);
    for (int k = 0; k < factors.size(); k++) {
      Random random = new Random(stream(seed, repetition, k));
      double[] drawn = factors.get(k).draw(random, days);
      product.merge(factors.get(k).of(), drawn, Scenario::times);
    }
    return product;
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = new double[a.length];
    Arrays.setAll(product, day -> a[day] * b[day]);
    return product;
  }

  // near seeds of java.util.Random begin with near numbers; digests are not near each other
  private long stream(long seed, int repetition, int factor) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ByteBuffer.allocate(16).putLong(seed).putInt(repetition).putInt(factor).array());
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
