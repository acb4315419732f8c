package io.dualgrid.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The root of 6-bus, which buys at its profile's price and sells at half of it. */
class RootPriceTest {
  private static final int STEPS = 24;
  private static final GridCase CASE = CaseLocator.read("6-bus");
  private static final Horizon HORIZON = Horizon.of(CASE.limits(), STEPS, Sampling.FIRST);
  private static final DesProgram ROOT =
      new DesAssembler(CASE, HORIZON).assemble(CASE.node(CASE.tree().root()));
  private static final double[] BUY =
      GridInterface.among(CASE.node(CASE.tree().root()).devices())
          .get(0)
          .buyPricePerKwh()
          .sample(STEPS, Sampling.FIRST);

  /**
   * The interior-point method is right to 1e-9 of the dearest price in what it balances, and the
   * curvature of 1e3 makes 1e-6 of a step's answer of that.
   */
  private static final double TOLERANCE = 2e-6;

  private static double[] priceOf(double activePu, double guess) {
    double[] point = new double[ROOT.program().variableCount()];
    for (int variable : ROOT.activeInjection()) {
      point[variable] = activePu;
    }
    double[] price = new double[2 * STEPS];
    for (int t = 0; t < STEPS; t++) {
      price[t] = -guess * BUY[t];
    }
    return RootPrice.of(ROOT, point, price, BoundingSolvers.preferred());
  }

  @ParameterizedTest
  @CsvSource({"0.3, 1.0", "-0.3, 0.5"})
  void itIsThePriceAtWhichTheRootBuysOrSells(double activePu, double share) {
    double[] price = priceOf(activePu, 0.8);
    double dearest = Arrays.stream(BUY).max().orElseThrow();
    for (int t = 0; t < STEPS; t++) {
      assertThat(price[t]).isCloseTo(-share * BUY[t], within(TOLERANCE * dearest));
      assertThat(price[STEPS + t]).isCloseTo(0.0, within(TOLERANCE * dearest));
    }
  }

  /** Where it does neither, every price between the two is one, so the guess stays. */
  @Test
  void betweenTheTwoTheGuessStays() {
    double[] price = priceOf(0.0, 0.8);
    double dearest = Arrays.stream(BUY).max().orElseThrow();
    for (int t = 0; t < STEPS; t++) {
      assertThat(price[t]).isCloseTo(-0.8 * BUY[t], within(TOLERANCE * dearest));
    }
  }
}
