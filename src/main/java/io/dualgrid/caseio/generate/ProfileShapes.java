package io.dualgrid.caseio.generate;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Courses of a day with a largest value of 1, for made-up feeders; 96 quarters of an hour. */
final class ProfileShapes {
  static final int ROWS = 96;
  private static final double NOISE = 0.05;

  private ProfileShapes() {}

  /** Homes: a morning peak and a larger one in the evening. */
  static double[] residential(Random random) {
    double shift = random.nextGaussian() * 0.5;
    return shape(
        random,
        hour -> 0.3 + 0.4 * bump(hour - shift, 7.5, 1.5) + 0.8 * bump(hour - shift, 19.5, 2.5));
  }

  /** Shops and offices: high during the day. */
  static double[] commercial(Random random) {
    double shift = random.nextGaussian() * 0.5;
    return shape(random, hour -> 0.25 + 0.9 * plateau(hour - shift, 8.5, 19));
  }

  /** Works with two shifts. */
  static double[] industrial(Random random) {
    double shift = random.nextGaussian() * 0.5;
    return shape(random, hour -> 0.45 + 0.6 * plateau(hour - shift, 6, 21));
  }

  /** Space heating and hot water: high at night and in the morning. */
  static double[] heat(Random random) {
    double shift = random.nextGaussian();
    return shape(
        random,
        hour ->
            0.55 + 0.3 * Math.cos((hour - 4 - shift) * Math.PI / 12) + 0.3 * bump(hour, 7, 1.5));
  }

  /** Sun from 6 to 18 o'clock, with passing clouds. */
  static double[] sun(Random random) {
    double[] values =
        shape(
            random,
            hour -> {
              double height = Math.sin((hour - 6) * Math.PI / 12);
              return hour <= 6 || hour >= 18 ? 0 : Math.pow(height, 1.3);
            });
    for (int row = 0; row < ROWS; row++) {
      double hour = row * 24.0 / ROWS;
      values[row] = hour <= 6 || hour >= 18 ? 0 : values[row];
    }
    return values;
  }

  /** Wind that comes and goes over hours. */
  static double[] wind(Random random) {
    double phase = random.nextDouble() * 24;
    return shape(
        random,
        hour ->
            0.5
                + 0.3 * Math.sin((hour + phase) * Math.PI / 12)
                + 0.15 * Math.sin((hour + 2 * phase) * Math.PI / 3.5));
  }

  private static double bump(double hour, double centre, double width) {
    double distance = (hour - centre) / width;
    return Math.exp(-distance * distance);
  }

  private static double plateau(double hour, double from, double to) {
    return 1 / ((1 + Math.exp(-2 * (hour - from))) * (1 + Math.exp(2 * (hour - to))));
  }

  /** Adds noise, keeps the values from going below zero, and scales the largest to 1. */
  private static double[] shape(Random random, DoubleUnaryOperator course) {
    double[] values = new double[ROWS];
    double largest = 0;
    for (int row = 0; row < ROWS; row++) {
      double noise = 1 + NOISE * random.nextGaussian();
      values[row] = Math.max(0, course.applyAsDouble(row * 24.0 / ROWS) * noise);
      largest = Math.max(largest, values[row]);
    }
    for (int row = 0; row < ROWS; row++) {
      values[row] = Math.rint(values[row] / largest * 1e4) / 1e4;
    }
    return values;
  }
}
