package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.consensus.MixingBlock;
import io.dualgrid.consensus.ProductReport;
import io.dualgrid.device.Horizon;
import io.dualgrid.protocol.AskProducts;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Move;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.SolveHalf;
import io.dualgrid.protocol.Start;
import io.dualgrid.protocol.Taps;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.InstalledCapacity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Why a sum over half of the depths takes three sites: of two, each computes what the other
 * injects, from what is broadcast and from its own reports.
 */
class HalfOfTwoTest {
  private static final int STEPS = 12;
  private static final int CURIOUS = 1;
  private static final int OTHER = 3;

  /** What every energy system counts for at least, as a part of all capacity; public. */
  private static final double FLOOR = 1e-3;

  /**
   * Node 1 of a chain 0-1-2-3-4, whose half is itself and node 3. It follows the link between the
   * hubs by the broadcasts; then x1 of the other's injections is
   *
   * <p>w₃ − δ/σ₃ = δ·(1/σ₁ + 1/σ_link) − w_link − w₁,
   *
   * <p>in which the other's weight σ₃, which it does not know, has cancelled.
   */
  private static final class Curious implements MessageTap {
    private final int parties;
    private final double ownCapacity;
    private final double stepHours;
    private MixingBlock link;
    private double linkSize; // 1/σ of the link
    private double ownSize; // 1/σ of its own injections
    private double[] ownState = new double[0];
    private double[] guess = new double[0];

    Curious(int parties, double ownCapacity, double stepHours) {
      this.parties = parties;
      this.ownCapacity = ownCapacity;
      this.stepHours = stepHours;
    }

    @Override
    public synchronized List<byte[]> pass(Way way, int edge, byte[] bytes) {
      if (edge == CURIOUS) {
        Message message = Letter.fromBytes(bytes).message();
        if (way == Way.TO_OPERATOR && message instanceof Report report) {
          double[] values = ((Payload.Plain) report.values()).values();
          if (values.length == 4 * STEPS) {
            ownState = Arrays.copyOf(values, 2 * STEPS); // its own part of the odd half's sum
          }
        } else if (way == Way.FROM_OPERATOR) {
          hear(message);
        }
      }
      return List.of(bytes);
    }

    private void hear(Message message) {
      if (message instanceof Start start) {
        double total = start.totalCapacity();
        linkSize = total * (2 + FLOOR * (parties - 1)) / stepHours; // the root counts as all others
        ownSize = (ownCapacity + FLOOR * total) / stepHours;
        double[] metric = new double[2 * STEPS];
        Arrays.fill(metric, 1 / linkSize);
        link = new MixingBlock(metric, ProductReport.MEMORY);
        for (int t = 0; t < STEPS; t++) {
          link.w()[t] = -start.priceOfStep()[t] * linkSize;
        }
      } else if (message instanceof SolveHalf solve && !solve.even()) {
        correct(solve.oddCorrection(), solve.evenCorrection());
      } else if (message instanceof AskProducts ask && ask.slot() >= 0) {
        link.storeColumn(ask.slot());
      } else if (message instanceof Move move) {
        if (move.fallBack()) {
          link.fallBack();
        } else {
          boolean rescaled = move.rescale().length > 0;
          link.mix(rescaled ? new double[ProductReport.MEMORY] : move.coefficients());
        }
      }
    }

    private void correct(double[] odd, double[] even) {
      guess = new double[odd.length];
      for (int t = 0; t < odd.length; t++) {
        guess[t] = odd[t] * (ownSize + linkSize) - link.w()[t] - ownState[t];
        double first = link.w()[t] - odd[t] * linkSize;
        double second = 2 * first - link.w()[t] + even[t] * linkSize;
        link.r()[t] = second - first;
      }
    }
  }

  @Test
  void ofTwoEachComputesTheOthersInjections() {
    GridCase gridCase =
        FeederGenerator.generate(new FeederGenerator.Options(5, FeederShape.CHAIN, 5));
    // without encryption, as this is about what is said in the open in every mode
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .steps(STEPS)
            .maxIterations(400)
            .threads(2)
            .build();
    Horizon horizon = Horizon.of(gridCase.limits(), STEPS, settings.sampling());
    Curious curious =
        new Curious(
            gridCase.nodes().size(),
            InstalledCapacity.of(gridCase.nodes().get(CURIOUS), horizon),
            horizon.stepHours());
    RunResult result =
        DispatchEngine.run(gridCase, settings, RunObserver.NONE, Taps.hooks(curious));
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
    double base = gridCase.limits().basePowerKw();
    double[] injected = new double[2 * STEPS];
    for (DispatchSeries series : result.dispatch()) {
      if (series.node().equals(Integer.toString(OTHER)) && series.device().equals("bus")) {
        int at = series.quantity().equals("P") ? 0 : STEPS;
        for (int t = 0; t < STEPS && "PQ".contains(series.quantity()); t++) {
          injected[at + t] = series.values()[t] / base;
        }
      }
    }
    double largest = Arrays.stream(injected).map(Math::abs).max().orElseThrow();
    assertThat(largest).isPositive();
    for (int t = 0; t < injected.length; t++) {
      assertThat(Math.abs(curious.guess[t] - injected[t])).isLessThan(0.01 * largest);
    }
  }
}
