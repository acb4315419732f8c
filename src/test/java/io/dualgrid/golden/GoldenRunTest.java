package io.dualgrid.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.matpower.Ieee33;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs whose course is frozen: moving code, splitting parties or changing a message must leave
 * every number of them as it is. Who changes an algorithm or a model on purpose writes the new
 * figures down, in the commit that changes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenRunTest {
  /** A certified gap that takes many iterations, so that much of a course is frozen. */
  private static final double LONG = 1e-4;

  @TempDir static Path folder;
  private GridCase ieee33;

  @BeforeAll
  void importFeeder() throws IOException {
    ieee33 = Ieee33.withDevices(folder.resolve("ieee33"), "ieee33");
  }

  private GridCase gridCase(String name) {
    return name.equals("ieee33") ? ieee33 : CaseLocator.read(name);
  }

  private RunResult run(
      String name, Algorithm algorithm, Privacy privacy, String qp, int limit, double gap) {
    Stopping stopping = algorithm == Algorithm.PUBLISHED ? Stopping.PUBLISHED : Stopping.STRICT;
    RunSettings settings =
        RunSettings.builder()
            .privacy(privacy)
            .qpBackend(qp)
            .ckksBackend("auto")
            .algorithm(algorithm)
            .stopping(stopping)
            .allowExposedSums(
                true) // the same course in every mode, also where a half has two sites
            .gapTolerance(gap)
            .maxIterations(limit)
            .threads(2)
            .build();
    return DispatchEngine.run(gridCase(name), settings, RunObserver.NONE);
  }

  /**
   * Without protection and with the solver in Java nothing is drawn at random and no native library
   * takes part, and Java's arithmetic is the same everywhere: so every bit is compared.
   *
   * @param cost in hexadecimal, so that it is the number itself
   * @param dispatch SHA-256 over the labels and values of all series
   */
  @OneRound
  @ParameterizedTest
  @CsvFileSource(resources = "golden-runs.csv", numLinesToSkip = 1)
  void withoutProtectionEveryNumberStays(
      String name, Algorithm algorithm, int limit, int iterations, String cost, String dispatch) {
    RunResult result = run(name, algorithm, Privacy.NONE, "java", limit, LONG);
    assertThat(
            result.iterations()
                + ", "
                + Double.toHexString(result.totalCost())
                + ", "
                + digest(result))
        .isEqualTo(iterations + ", " + cost + ", " + dispatch);
  }

  /**
   * Masks, keys and noise are drawn at random, so no two of these runs are equal; nor are those of
   * native solvers, whose last digits depend on how they were built. What holds is weak duality:
   * every run ends at a point that all agree on, within the limits, so its cost is at least the
   * lower bound of any other run, whatever the errors of its messages. Points and bounds are right
   * to the 1e-6 that voltages may be off.
   *
   * @param gap certified, at which a run of this case is asked to end
   */
  @ParameterizedTest
  @CsvSource({"6-bus, DUAL, java, 1e-3", "6-bus, NONE, auto, 1e-4", "ieee33, DUAL, auto, 1e-3"})
  void protectedAndNativeRunsEndWithinTheirCertificates(
      String name, Privacy privacy, String qp, double gap) {
    RunResult golden = run(name, Algorithm.ACCELERATED, Privacy.NONE, "java", 400, LONG);
    RunResult result = run(name, Algorithm.ACCELERATED, privacy, qp, 400, gap);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost()).isLessThan(result.lowerBound() / (1 - gap));
    assertThat(result.totalCost()).isGreaterThan(golden.lowerBound() * (1 - 1e-6));
    assertThat(golden.totalCost()).isGreaterThan(result.lowerBound() * (1 - 1e-6));
  }

  private static String digest(RunResult result) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (DispatchSeries series : result.dispatch()) {
        String label = series.node() + '/' + series.device() + '/' + series.quantity();
        sha256.update(label.getBytes(StandardCharsets.UTF_8));
        ByteBuffer values = ByteBuffer.allocate(Double.BYTES * series.values().length);
        values.asDoubleBuffer().put(series.values());
        sha256.update(values);
      }
      return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
