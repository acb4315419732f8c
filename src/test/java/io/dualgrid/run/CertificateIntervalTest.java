package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.matpower.Ieee33;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.Taps;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When accelerated runs with a hub ask for certificates: at iteration 10 and every twentieth, and
 * ten iterations after a gap within one and a half tolerances.
 */
class CertificateIntervalTest {
  /** So little that a run is far from it for as long as these look on. */
  private static final double FAR = 1e-7;

  @TempDir static Path folder;
  private static GridCase ieee33;

  private final Set<Integer> asked = Collections.synchronizedSet(new TreeSet<>());

  @BeforeAll
  static void importFeeder() throws IOException {
    ieee33 = Ieee33.withDevices(folder.resolve("ieee33"), "ieee33");
  }

  /** Keeps the iterations in which sites are asked for a bound. */
  private RunResult run(double gapTolerance, int iterations) {
    asked.clear();
    MessageTap tap =
        (way, edge, bytes) -> {
          Letter letter = Letter.fromBytes(bytes);
          if (letter.message() instanceof AskBound) {
            asked.add(letter.envelope().iteration());
          }
          return List.of(bytes);
        };
    return DispatchEngine.run(
        ieee33,
        SixBus.settings(Privacy.NONE).toBuilder()
            .gapTolerance(gapTolerance)
            .maxIterations(iterations)
            .build(),
        RunObserver.NONE,
        Taps.hooks(tap));
  }

  @Test
  void everyTwentiethIterationFarFromTheTolerance() {
    run(FAR, 45);
    assertThat(asked).containsExactly(10, 20, 40);
  }

  /** A course is the same whatever the tolerance, until the run ends. */
  @Test
  void tenIterationsAfterAGapThatComesNear() {
    RunResult result = run(2.5e-4, 45);
    assertThat(result.iterations()).isEqualTo(20);
    double gap = (result.totalCost() - result.lowerBound()) / result.totalCost();

    run(gap / 1.4, 35);
    assertThat(asked).containsExactly(10, 20, 30);
    run(gap / 1.6, 35);
    assertThat(asked).containsExactly(10, 20);
  }
}
