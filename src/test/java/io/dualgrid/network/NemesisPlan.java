package io.dualgrid.network;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What happens in one run to its parties and links, drawn from a seed. Three seeds in a row are of
 * three kinds of runs.
 *
 * @param seed all is drawn from it
 * @param settings of the run
 * @param disturbances in no order; the first strikes while sites dial in or exchange keys
 */
record NemesisPlan(long seed, RunSettings settings, List<Disturbance> disturbances) {
  /**
   * A run that converges is this far above the optimum at most, so two of them differ by no more. A
   * tenth of the 0.01 % that they may differ by is left to what encrypted messages round.
   */
  private static final double GAP = 9e-5;

  /** Fewer than a site's link takes before its first iteration, hello and keys together. */
  private static final long EARLY_BYTES = 20_000;

  private static final long LEAST_BYTES = 500;

  /** About what a link takes in a run. */
  private static final long MOST_BYTES = 500_000;

  private static final int MOST_DISTURBANCES = 4;

  private static final int MOST_ITERATIONS = 8;

  private static final int MOST_DELAY_MILLIS = 30;

  /** What can happen. */
  enum Kind {
    CUT,
    DELAY,
    SILENCE,
    KILL_SITE,
    LOSE_DISK_OF_SITE,
    KILL_OPERATOR,
    KILL_OPERATOR_AT_ITS_RESULT,
    KILL_CLOUD,
    RESTART_CLOUD
  }

  /**
   * One thing that happens, once.
   *
   * @param node whose link is looked at, and who it happens to where it happens to a site
   * @param bytes of that link after which it happens; where the operator is killed, nothing
   * @param iteration after which the operator is killed
   * @param millis of a delay
   */
  record Disturbance(Kind kind, int node, long bytes, int iteration, int millis) {
    @Override
    public String toString() {
      String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return switch (kind) {
        case KILL_OPERATOR -> what + " after iteration " + iteration;
        case KILL_OPERATOR_AT_ITS_RESULT -> what;
        case DELAY -> what + " " + millis + " ms, node " + node + ", byte " + bytes;
        default -> what + ", node " + node + ", byte " + bytes;
      };
    }
  }

  static NemesisPlan draw(long seed, List<Integer> nodes) {
    SplittableRandom random = new SplittableRandom(seed);
    RunSettings settings = settings(Math.floorMod(seed, 3));
    int count = random.nextInt(2, MOST_DISTURBANCES + 1);
    List<Disturbance> disturbances = new ArrayList<>();
    while (disturbances.size() < count) {
      boolean first = disturbances.isEmpty();
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      Disturbance drawn =
          new Disturbance(
              kind,
              nodes.get(random.nextInt(nodes.size())),
              logUniform(random, first ? EARLY_BYTES : MOST_BYTES),
              first ? 1 : random.nextInt(1, MOST_ITERATIONS + 1),
              random.nextInt(1, MOST_DELAY_MILLIS + 1));
      if (isOfUse(drawn, settings, disturbances)) {
        disturbances.add(drawn);
      }
    }
    return new NemesisPlan(seed, settings, List.copyOf(disturbances));
  }

  private static boolean isOfUse(
      Disturbance drawn, RunSettings settings, List<Disturbance> before) {
    return switch (drawn.kind()) {
      case KILL_CLOUD, RESTART_CLOUD -> settings.privacy().masksPrograms();
      // each takes the 14 s after which a silent link is noticed
      case SILENCE -> before.stream().noneMatch(other -> other.kind() == Kind.SILENCE);
      default -> true;
    };
  }

  private static long logUniform(SplittableRandom random, long most) {
    double least = Math.log(LEAST_BYTES);
    return Math.round(Math.exp(least + random.nextDouble() * (Math.log(most) - least)));
  }

  private static RunSettings settings(int which) {
    return RunSettings.builder()
        .privacy(which == 2 ? Privacy.DUAL : Privacy.CKKS)
        .algorithm(which == 0 ? Algorithm.NEWTON : Algorithm.ACCELERATED)
        .gapTolerance(GAP)
        .allowExposedSums(true)
        .threads(1)
        .build();
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + ", "
        + settings.privacy()
        + " "
        + settings.algorithm()
        + disturbances.stream()
            .map(Disturbance::toString)
            .collect(Collectors.joining("; ", " [", "]"));
  }
}
