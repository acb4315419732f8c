package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs to which things happen that are drawn from a seed, several to a run. All that is killed
 * comes back and links heal, so that each run has the end of one that nothing happens to, whenever
 * they strike. Letters twice or out of order are none of it: TLS lets none through, and {@link
 * io.dualgrid.run.MessagesOnTheWayTest} has them in one process.
 */
@OneRound
class NemesisTest {
  /**
   * Links cut; sites, the operator at its result and the cloud killed; newton, and masks. In the
   * last the operator has nothing but its result left to do, and goes on from before its last
   * certificate.
   */
  private static final long[] SEEDS = {111, 131, 7};

  private static final double SAME_COST = 1e-4;

  private static final String ASKED = System.getProperty("dualgrid.nemesis", "");

  @TempDir private Path temporary;

  /** A few that have most of what there is, or those of {@code -Ddualgrid.nemesis=FIRST:COUNT}. */
  static LongStream seeds() {
    if (ASKED.isEmpty()) {
      return LongStream.of(SEEDS);
    }
    String[] range = ASKED.split(":");
    long first = Long.parseLong(range[0]);
    return LongStream.range(first, first + Long.parseLong(range[1]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void comesToTheEndOfARunThatNothingHappensTo(long seed) throws Exception {
    try (NetworkedDistrict district = new NetworkedDistrict(temporary)) {
      NemesisPlan plan =
          NemesisPlan.draw(
              seed, district.gridCase.nodes().stream().map(GridCase.Node::id).toList());
      try (Nemesis nemesis = new Nemesis(district, plan)) {
        OperatorPart part = nemesis.run();
        if (!ASKED.isEmpty()) {
          System.out.println("nemesis: " + plan + ": " + part.status() + " " + part.notices());
        }
        assertThat(nemesis.happened()).as("%s", plan).isNotEmpty();
        assertThat(part.status()).as("%s: %s", plan, part.notices()).isEqualTo(RunStatus.CONVERGED);
        RunResult undisturbed =
            DispatchEngine.run(district.gridCase, plan.settings(), RunObserver.NONE);
        assertThat(district.gather().totalCost() / undisturbed.totalCost())
            .as("%s", plan)
            .isEqualTo(1.0, within(SAME_COST));
      } catch (Exception e) {
        throw new AssertionError(plan.toString(), e);
      }
    }
  }
}
