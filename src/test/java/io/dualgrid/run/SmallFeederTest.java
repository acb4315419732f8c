package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.operator.DepthHalves;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.Taps;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeders so small that a sum over half of them would be one energy system's own values. */
class SmallFeederTest {
  private static GridCase feeder(int nodes, FeederShape shape) {
    return FeederGenerator.generate(new FeederGenerator.Options(nodes, shape, 5));
  }

  private static DepthHalves halves(GridCase gridCase) {
    return DepthHalves.of(gridCase.tree(), gridCase.nodes().stream().map(Node::id).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "2, CHAIN, 0, 1, true",
    "3, CHAIN, 1, 1, true",
    "4, CHAIN, 1, 2, true",
    "5, CHAIN, 2, 2, false",
    "3, STAR, 0, 2, false"
  })
  void theRootIsNoCompanyToHideIn(
      int nodes, FeederShape shape, int even, int odd, boolean exposed) {
    DepthHalves halves = halves(feeder(nodes, shape));
    assertThat(halves).isEqualTo(new DepthHalves(even, odd));
    assertThat(halves.exposeOne()).isEqualTo(exposed);
  }

  @Test
  void bundledCasesNeedNoWord() {
    assertThat(halves(SixBus.CASE).notice(Algorithm.ACCELERATED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2, CHAIN, one energy system besides the root",
    "3, CHAIN, price hub",
    "4, CHAIN, price hub",
    "3, STAR, root is alone"
  })
  void aSmallFeederConvergesAndSaysWhatItsSumsTell(int nodes, FeederShape shape, String words) {
    GridCase gridCase = feeder(nodes, shape);
    RunSettings settings = RunSettings.defaults().withSteps(12).withLimits(400, 2);
    Set<Integer> lengths = ConcurrentHashMap.newKeySet();
    RunHooks hooks =
        Taps.reading(
            Report.class,
            report ->
                lengths.add(
                    SecureSumContribution.fromBytes(((Payload.Hidden) report.values()).bytes())
                        .valueCount()));
    RunResult result =
        DispatchEngine.run(gridCase, settings.withPrivacy(Privacy.CKKS), RunObserver.NONE, hooks);
    // the sums over the halves have P and Q of each step, and no other sum has as many numbers
    assertThat(lengths.contains(4 * settings.steps())).isEqualTo(shape == FeederShape.STAR);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.notices()).anyMatch(notice -> notice.contains(words));
    // the certified gap of the stopping rule
    assertThat(result.totalCost())
        .isCloseTo(
            DispatchEngine.central(gridCase, settings).totalCost(), withinPercentage(0.0101));
  }
}
