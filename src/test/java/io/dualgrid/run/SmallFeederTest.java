package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.OneRound;
import io.dualgrid.auth.Company;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.problem.CaseException;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.Taps;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeders with so few sites that a sum would show what single ones do. */
@OneRound
class SmallFeederTest {
  private static final RunSettings CKKS =
      RunSettings.builder().steps(12).maxIterations(400).threads(2).privacy(Privacy.CKKS).build();

  private static GridCase feeder(int nodes, FeederShape shape) {
    return FeederGenerator.generate(new FeederGenerator.Options(nodes, shape, 5));
  }

  /** A feeder whose nodes at some depths have no devices. */
  private static GridCase withJunctions(GridCase gridCase, int parity, int keep) {
    List<Node> nodes = new ArrayList<>();
    int kept = 0;
    for (Node node : gridCase.nodes()) {
      int depth = gridCase.tree().depth(node.id());
      boolean empty = depth > 0 && depth % 2 == parity && kept++ >= keep;
      nodes.add(empty ? new Node(node.id(), node.name(), List.of()) : node);
    }
    return new GridCase(
        gridCase.name(),
        gridCase.source(),
        gridCase.limits(),
        nodes,
        gridCase.lines(),
        gridCase.tree());
  }

  private record Recorded(RunResult result, boolean sumsOverHalves) {}

  private static Recorded run(GridCase gridCase, RunSettings settings) {
    Set<Integer> lengths = ConcurrentHashMap.newKeySet();
    RunHooks hooks =
        Taps.reading(
            Report.class,
            report ->
                lengths.add(
                    SecureSumContribution.fromBytes(((Payload.Hidden) report.values()).bytes())
                        .valueCount()));
    RunResult result = DispatchEngine.run(gridCase, settings, RunObserver.NONE, hooks);
    // the sums over the halves have P and Q of each step, and no other sum has as many numbers
    return new Recorded(result, lengths.contains(4 * settings.steps()));
  }

  private static void assertSolves(GridCase gridCase, RunResult result) {
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost())
        .isCloseTo(
            DispatchEngine.central(gridCase, CKKS).totalCost(),
            withinPercentage(SixBus.GAP_PERCENT));
  }

  @ParameterizedTest
  @CsvSource({
    "2, CHAIN, 0, 1",
    "3, CHAIN, 1, 1",
    "5, CHAIN, 2, 2",
    "3, STAR, 0, 2",
    "12, CHAIN, 4, 5"
  })
  void theRootIsNoCompanyToHideIn(int nodes, FeederShape shape, int even, int odd) {
    assertThat(SumCompany.of(feeder(nodes, shape), CKKS)).isEqualTo(new Company(even, odd));
  }

  @Test
  void junctionsAreNoCompanyEither() {
    GridCase feeder = feeder(10, FeederShape.CHAIN);
    // two of the ten have no devices from the start
    assertThat(SumCompany.of(feeder, CKKS)).isEqualTo(new Company(3, 4));
    assertThat(SumCompany.of(withJunctions(feeder, 0, 0), CKKS)).isEqualTo(new Company(0, 4));
    assertThat(SumCompany.of(withJunctions(feeder, 1, 1), CKKS)).isEqualTo(new Company(3, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "2, CHAIN, the value of a single site plus the root's",
    "3, CHAIN, over two sites",
    "3, STAR, over two sites"
  })
  void sumsWithoutCompanyNeedLeave(int nodes, FeederShape shape, String words) {
    GridCase gridCase = feeder(nodes, shape);
    assertThatThrownBy(() -> DispatchEngine.run(gridCase, CKKS, RunObserver.NONE))
        .isInstanceOf(CaseException.class)
        .hasMessageContainingAll(words, "--allow-exposed-sums");
    // where nothing is hidden from the operator, there is nothing to refuse
    RunSettings plain = CKKS.toBuilder().privacy(Privacy.NONE).maxIterations(1).threads(2).build();
    assertThat(DispatchEngine.run(gridCase, plain, RunObserver.NONE).notices())
        .noneMatch(notice -> notice.contains(words));
    RunResult allowed = run(gridCase, CKKS.toBuilder().allowExposedSums(true).build()).result();
    assertSolves(gridCase, allowed);
    assertThat(allowed.notices()).anyMatch(notice -> notice.contains(words));
  }

  /** Each has three sites or more, but not in both halves. */
  @ParameterizedTest
  @CsvSource({"4, CHAIN", "5, CHAIN", "5, STAR"})
  void noSumOverAHalfWithFewerThanThree(int nodes, FeederShape shape) {
    GridCase gridCase = feeder(nodes, shape);
    Recorded run = run(gridCase, CKKS);
    assertThat(run.sumsOverHalves()).isFalse();
    assertSolves(gridCase, run.result());
    assertThat(run.result().notices()).anyMatch(notice -> notice.contains("price hub"));
  }

  /** Junctions in one half, and one site among them: its injections would be the half's sum. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aHalfOfJunctionsHasNoSum(int sites) {
    GridCase gridCase = withJunctions(feeder(10, FeederShape.CHAIN), 1, sites);
    for (boolean allowed : new boolean[] {false, true}) {
      Recorded run = run(gridCase, CKKS.toBuilder().allowExposedSums(allowed).build());
      // nobody's leave makes a sum of one site's injections
      assertThat(run.sumsOverHalves()).isEqualTo(allowed && sites == 0);
      assertSolves(gridCase, run.result());
    }
  }

  @Test
  void threeInEachHalfHaveAHub() {
    GridCase gridCase = feeder(12, FeederShape.CHAIN);
    Recorded run = run(gridCase, CKKS);
    assertThat(run.sumsOverHalves()).isTrue();
    assertThat(run.result().notices()).noneMatch(notice -> notice.contains("hub"));
    assertSolves(gridCase, run.result());
  }

  /** What is bundled runs without leave. */
  @ParameterizedTest
  @CsvSource({"6-bus, false", "yingkou-60, true"})
  void bundledCasesNeedNoLeave(String name, boolean hub) {
    GridCase gridCase = CaseLocator.read(name);
    Company company = SumCompany.of(gridCase, RunSettings.defaults());
    assertThat(company.ofAll()).isTrue();
    assertThat(company.ofHalves()).isEqualTo(hub);
  }
}
