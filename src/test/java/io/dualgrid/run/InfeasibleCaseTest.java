package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.CostCeiling;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The 6-bus case without plants and their heat, and with a root that may buy next to nothing. */
class InfeasibleCaseTest {
  private static final int WORST = 7; // step

  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
  private static final GridCase YINGKOU = CaseLocator.read("yingkou-60");
  static final GridCase STARVED = starved(SixBus.CASE);

  private static final GridCase HIGH = high();

  /** What other ways are held against; without privacy nothing in it is random. */
  private static RunResult newton;

  @BeforeAll
  static void solveByNewton() {
    newton =
        DispatchEngine.run(
            STARVED,
            SixBus.settings(Privacy.NONE).toBuilder().algorithm(Algorithm.NEWTON).build(),
            RunObserver.NONE);
  }

  private static GridCase high() {
    NetworkLimits limits = YINGKOU.limits();
    return new GridCase(
        "lowest voltage at 0.999",
        YINGKOU.source(),
        new NetworkLimits(
            limits.horizonHours(),
            limits.profileRows(),
            limits.basePowerKw(),
            limits.baseImpedanceOhm(),
            0.999,
            limits.voltageMaxPu(),
            limits.rootVoltagePu(),
            limits.exchangeMaxKw(),
            limits.networkChargePerKwh()),
        YINGKOU.nodes(),
        YINGKOU.lines(),
        YINGKOU.tree());
  }

  private static GridCase starved(GridCase of) {
    List<Node> nodes =
        of.nodes().stream()
            .map(node -> new Node(node.id(), node.name(), starved(node.devices())))
            .toList();
    return new GridCase("starved", of.source(), of.limits(), nodes, of.lines(), of.tree());
  }

  private static List<DeviceSpec> starved(List<DeviceSpec> devices) {
    return devices.stream()
        .flatMap(
            device -> {
              if (device instanceof GridInterface grid) {
                return Stream.of(
                    new GridInterface(
                        1,
                        grid.sellMaxKw(),
                        grid.buyPricePerKwh(),
                        grid.sellPricePerKwh(),
                        grid.powerFactorMin()));
              }
              if (device instanceof PowerLoad load) {
                return Stream.of(new PowerLoad(peaking(load.powerKw())));
              }
              return device instanceof CombinedHeatPower || device instanceof HeatLoad
                  ? Stream.of()
                  : Stream.of(device);
            })
        .toList();
  }

  /** Half as much again at one step, which is the worst then, and not one of 24 by rounding. */
  private static Profile peaking(Profile load) {
    double[] values = load.rawValues().clone();
    int rows = values.length / 24;
    for (int row = WORST * rows; row < (WORST + 1) * rows; row++) {
      values[row] *= 1.5;
    }
    return new Profile(load.file(), load.column(), load.factor(), values);
  }

  @Test
  void theCentralSolveProvesItAndTellsNoCost() {
    CentralResult central = DispatchEngine.central(STARVED, RunSettings.defaults());
    assertThat(central.solved()).isFalse();
    assertThat(central.status())
        .startsWith("infeasible: no dispatch meets the limits")
        .contains("buyMaxKw");
    assertThat(central.totalCost()).isNaN();
    assertThat(central.dispatch()).isEmpty();
  }

  @Test
  void theCoupledMethodProvesItWithinFortyIterations() {
    assertThat(newton.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(newton.iterations()).isLessThan(40);
    assertThat(newton.notices())
        .anySatisfy(notice -> assertThat(notice).startsWith("no dispatch meets the limits: "));
    assertThat(newton.totalCost()).isNaN();
    assertThat(newton.voltageMinPu()).isNaN();
    assertThat(newton.dispatch()).isEmpty();
  }

  /**
   * Prices grow slowly here, so that the way they go proves it before the bound passes what all
   * would cost. The central program says how much is short: 0.005728 p.u. at node 59 in the step
   * from 17 h.
   */
  @OneRound
  @Test
  void whatIsShortByLittleIsProvedAndToldWithinFortyIterations() {
    RunResult result =
        DispatchEngine.run(
            HIGH,
            RunSettings.builder()
                .privacy(Privacy.NONE)
                .algorithm(Algorithm.NEWTON)
                .threads(2)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.notices())
        .anyMatch(
            notice ->
                notice.contains("node 59")
                    && notice.contains("step 17")
                    && notice.contains("0.005728 p.u."));
    assertThat(result.iterations()).isLessThanOrEqualTo(40);
    assertThat(result.totalCost()).isNaN();
  }

  /** The operator knows no figure then, and tells what is short all the same. */
  @Test
  void theRootProvesItAsTheOperatorDoes() {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .algorithm(Algorithm.NEWTON)
            .sensitivities(Sensitivities.ROOT)
            .build();
    RunResult found = DispatchEngine.run(STARVED, settings, RunObserver.NONE);
    assertThat(found.status()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(found.notices()).isEqualTo(newton.notices());
    assertThat(found.notices()).anyMatch(notice -> notice.contains("raise buyMaxKw"));
    assertThat(found.totalCost()).isNaN();
  }

  /**
   * Programs are solved at home for it, masks or none, and messages are encrypted or not. Amounts
   * are told to four digits, and right to 1e-4 of all that is broken, which is that of 24 steps.
   */
  @ParameterizedTest
  @EnumSource(Privacy.class)
  void theAcceleratedConsensusTellsWhatNewtonTells(Privacy privacy) {
    RunSettings settings =
        SixBus.settings(privacy).toBuilder().algorithm(Algorithm.ACCELERATED).build();
    RunResult result = DispatchEngine.run(STARVED, settings, RunObserver.NONE);

    assertInfeasible(result, 40);
    assertSameReasons(result.notices(), newton.notices(), 24e-4);
  }

  /**
   * 20 iterations before it is in doubt, 20 that search; central finds 0.005728 p.u. at node 59.
   */
  @OneRound
  @Test
  void theAcceleratedConsensusTellsWhatIsShortByLittle() {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.ACCELERATED)
            .maxIterations(60)
            .threads(2)
            .build();
    RunResult result = DispatchEngine.run(HIGH, settings, RunObserver.NONE);

    assertInfeasible(result, 60);
    assertThat(result.notices())
        .anyMatch(notice -> notice.contains("(Farkas)"))
        .anyMatch(notice -> notice.contains("node 59") && notice.contains("step 17"));
    // told to four digits, and right to 1e-4 of all that is broken, which is less than twice as
    // much
    assertThat(numbers(reasons(result.notices())))
        .usingComparatorWithPrecision(1.7e-6)
        .contains(0.005728);
  }

  /** Under the published stopping rule there are no bounds, and sweeps until they are in doubt. */
  @ParameterizedTest
  @CsvSource({"ACCELERATED, PUBLISHED", "PUBLISHED, PUBLISHED", "PUBLISHED, STRICT"})
  void withoutBoundsItIsProvedAllTheSame(Algorithm algorithm, Stopping stopping) {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .algorithm(algorithm)
            .stopping(stopping)
            .maxIterations(300)
            .build();
    RunResult result = DispatchEngine.run(STARVED, settings, RunObserver.NONE);

    assertInfeasible(result, 300);
    assertSameReasons(result.notices(), newton.notices(), 24e-4);
  }

  /** A state in the midst of the search begins it anew. */
  @Test
  void aSearchThatIsBrokenOffIsMadeUpFor() {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder().algorithm(Algorithm.ACCELERATED).build();
    RunResult whole = DispatchEngine.run(STARVED, settings, RunObserver.NONE);
    List<RunState> states = new ArrayList<>();
    DispatchEngine.run(
        STARVED,
        settings,
        RunObserver.NONE,
        RunHooks.NONE,
        Optional.empty(),
        new StateKeeper() {
          @Override
          public boolean due(IterationRecord latest) {
            return latest.iteration() == whole.iterations() - 1;
          }

          @Override
          public void keep(RunState state) {
            states.add(state);
          }
        });
    RunResult resumed =
        DispatchEngine.run(
            STARVED,
            settings,
            RunObserver.NONE,
            RunHooks.NONE,
            Optional.of(states.get(0)),
            StateKeeper.NONE);

    assertInfeasible(resumed, 100);
    assertThat(resumed.iterations()).isGreaterThan(whole.iterations());
    assertSameReasons(resumed.notices(), whole.notices(), 24e-4);
  }

  private static void assertInfeasible(RunResult result, int iterations) {
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(result.iterations()).isLessThanOrEqualTo(iterations);
    assertThat(result.notices())
        .anySatisfy(notice -> assertThat(notice).startsWith("no dispatch meets the limits: "));
    assertThat(result.totalCost()).isNaN();
    assertThat(result.lowerBound()).isNaN();
    assertThat(result.voltageMinPu()).isNaN();
    assertThat(result.dispatch()).isEmpty();
  }

  /** The same words, and the same numbers to a relative tolerance. */
  private static void assertSameReasons(
      List<String> told, List<String> expected, double tolerance) {
    List<String> reasons = reasons(told);
    List<String> wanted = reasons(expected);
    assertThat(reasons.stream().map(reason -> NUMBER.matcher(reason).replaceAll("#")).toList())
        .isNotEmpty()
        .isEqualTo(wanted.stream().map(reason -> NUMBER.matcher(reason).replaceAll("#")).toList());
    double[] numbers = numbers(reasons);
    double[] right = numbers(wanted);
    for (int k = 0; k < right.length; k++) {
      assertThat(numbers[k]).isCloseTo(right[k], within(tolerance * Math.abs(right[k])));
    }
  }

  private static List<String> reasons(List<String> notices) {
    return notices.stream().filter(notice -> notice.startsWith("case.json: ")).toList();
  }

  private static double[] numbers(List<String> texts) {
    return NUMBER
        .matcher(String.join(" ", texts))
        .results()
        .mapToDouble(match -> Double.parseDouble(match.group()))
        .toArray();
  }

  /** Who cannot prove it says what decides it, and shows no cost of copies that disagree. */
  @Test
  void aRunThatDoesNotProveItSaysWhoDoes() {
    RunResult result =
        DispatchEngine.run(
            STARVED,
            SixBus.settings(Privacy.NONE).toBuilder()
                .algorithm(Algorithm.PUBLISHED)
                .stopping(Stopping.PUBLISHED)
                .maxIterations(5)
                .build(),
            RunObserver.NONE);
    assertThat(result.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    assertThat(result.notices()).contains(RunAssembly.UNDECIDED + RunAssembly.NEWTON_DOES);
    assertThat(RunAssembly.UNDECIDED).contains("validate CASE --solve");
    assertThat(result.totalCost()).isNaN();
  }

  /** Else a run that has an optimum could be ended. */
  @Test
  void theCeilingIsAboveTheOptimum() {
    RunSettings settings = RunSettings.defaults();
    Horizon horizon = Horizon.of(SixBus.CASE.limits(), settings.steps(), settings.sampling());
    double[] price = new double[settings.steps()]; // free purchases make it lower only
    double ceiling =
        SixBus.CASE.nodes().stream()
            .mapToDouble(node -> CostCeiling.of(node, horizon, SixBus.CASE.limits(), price))
            .sum();
    assertThat(ceiling).isGreaterThan(SixBus.CENTRAL.totalCost());
  }
}
