package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.qp.QpSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs with and without encryption agree iterate by iterate, to what the encryption's error
 * explains.
 *
 * <p>Derivation, for the published algorithm while its penalty stands, all norms with each entry of
 * each copy weighted by its penalty ρ. With u = λ/ρ and s = x + u over all copies, an iteration is
 * the Douglas-Rachford map s ← s − z + prox(2z − s), z = Ps the mean of each pair. Decryption moves
 * z of either end by at most e an entry. Multipliers then no longer cancel over a pair: their mean
 * drifts by at most e an iteration, so that in iteration k the z in use is Ps + d_k with every
 * entry of d_k at most k·e. A shift d of z moves the map's outcome by prox(a + 2d) − prox(a) − d =
 * ½[R(a + 2d) − R(a)], R = 2·prox − 1 the reflection, nonexpansive: by no more than ‖d‖. The map
 * itself is nonexpansive, so shifts add up, the first solve being the same: ‖Δs_k‖ ≤ (1 + … + (k −
 * 1))·‖e‖, and z_k, at most ‖Δs_k‖ + ‖d_k‖, and x_k, at most ‖Δs_{k−1}‖ + 2‖d_{k−1}‖, both stay
 * within k(k + 1)/2·‖e‖.
 *
 * <p>A solver that stops at a tolerance ε does the same as an error of ε in x; it is added to e.
 */
class PrivateRunAgreementTest {
  /** The schedule can raise the penalty in iteration 5 for the first time. */
  private static final int ITERATIONS = 4;

  private static final int STEPS = 24;

  /** Local solves here stop at 1e-10; the copies may be off by a hundred times that. */
  private static final double SOLVER_ERROR = 1e-8;

  /** The cloud's answers are accepted at 1e-6. */
  private static final double CLOUD_ERROR = 1e-6;

  private static final RunHooks FINE =
      new RunHooks() {
        @Override
        public QpSettings localTolerance(QpSettings usual) {
          return new QpSettings(1e-10, 0.0, 200_000);
        }
      };

  /**
   * By iterations: nothing is drawn at random in them, and no backend but those in Java is used.
   */
  private static final Map<Integer, RunResult> PLAIN = new ConcurrentHashMap<>();

  private static RunResult plain(int iterations) {
    return PLAIN.computeIfAbsent(
        iterations, k -> run(Privacy.NONE, "java", ParameterSet.COMPACT, k));
  }

  private static RunResult run(Privacy privacy, String ckks, ParameterSet set, int iterations) {
    return SixBus.run(
        SixBus.settings(privacy).toBuilder()
            .algorithm(Algorithm.PUBLISHED)
            .stopping(Stopping.PUBLISHED)
            .qpBackend("java")
            .ckksBackend(ckks)
            .ckksParameters(set)
            .mask(MaskKind.HARDENED)
            .maxIterations(iterations)
            .threads(2)
            .build(),
        FINE);
  }

  static Stream<Arguments> encrypted() {
    return RoundBackends.ckks()
        .flatMap(
            ckks ->
                Stream.of(
                    Arguments.of(Privacy.CKKS, ckks, ParameterSet.COMPACT),
                    Arguments.of(Privacy.CKKS, ckks, ParameterSet.PUBLISHED),
                    Arguments.of(Privacy.DUAL, ckks, ParameterSet.COMPACT)));
  }

  @ParameterizedTest
  @MethodSource("encrypted")
  void iteratesAgreeToTheErrorOfTheEncryption(Privacy privacy, String ckks, ParameterSet set) {
    double error =
        set.parameters().errorBound(2) + (privacy == Privacy.DUAL ? CLOUD_ERROR : SOLVER_ERROR);
    for (int k = 1; k <= ITERATIONS; k++) {
      RunResult plain = plain(k);
      RunResult hidden = run(privacy, ckks, set, k);
      double penalty = plain.history().get(0).penalty();
      assertThat(plain.history()).allMatch(record -> record.penalty() == penalty);
      assertThat(hidden.history()).allMatch(record -> record.penalty() == penalty);
      double flowPenalty = penalty * SixBus.CASE.limits().basePowerKw();
      double voltagePenalty = 5 * penalty / SixBus.CASE.limits().basePowerKw();
      int copies = 2 * STEPS * SixBus.CASE.lines().size();
      double errorNorm = error * Math.sqrt(copies * (2 * flowPenalty + voltagePenalty));
      double bound = 0.5 * k * (k + 1) * errorNorm;

      double squared = 0;
      double z = 0;
      for (int s = 0; s < plain.dispatch().size(); s++) {
        DispatchSeries one = plain.dispatch().get(s);
        DispatchSeries other = hidden.dispatch().get(s);
        assertThat(other.quantity()).isEqualTo(one.quantity());
        boolean voltage = one.quantity().startsWith("V");
        double scale =
            voltage
                ? voltagePenalty
                : flowPenalty / Math.pow(SixBus.CASE.limits().basePowerKw(), 2);
        double difference = scale * distanceSquared(one.values(), other.values());
        if (one.quantity().endsWith("stream")) {
          squared += difference;
        } else if (one.quantity().endsWith("_z")) {
          z += 2 * difference; // one end's z is in the table, the other's is as far off
        }
      }
      assertThat(Math.sqrt(squared)).as("copies after iteration %d", k).isLessThan(bound);
      assertThat(Math.sqrt(z)).as("consensus after iteration %d", k).isBetween(1e-12, bound);
    }
  }

  private static double distanceSquared(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return Arrays.stream(difference).map(d -> d * d).sum();
  }
}
