package io.dualgrid.mask.attack.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.mask.TestSystems;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the attack reads is true, and it claims nothing where there is nothing to read. */
class StructureAttackTest {
  private static final int STEPS = 6;
  private static final double[] LOAD_KW = {40, 55, 90, 120, 80, 60};
  private static final double[] SUN_KW = {0, 30, 210, 260, 95, 0};
  private static final double CHP_KW = 320;
  private static final double BATTERY_KWH = 300;

  /** So that it pays to run for the load in some steps and not in others. */
  private static final double GAS_PRICE = 0.08;

  /** Solutions are exact to 1e-9 and rows 1e-2 wide at least, so that 1e-6 leaves a digit. */
  private static final double EXACT = 1e-6;

  static List<MaskSettings> masks() {
    return List.of(MaskSettings.PUBLISHED, MaskSettings.HARDENED);
  }

  private static Profile profile(double... values) {
    return new Profile("made up", "1", 1.0, values);
  }

  private static List<DeviceSpec> withChp() {
    return List.of(
        new PowerLoad(profile(LOAD_KW)),
        new HeatLoad(profile(70, 65, 50, 45, 60, 75)),
        Renewable.photovoltaic(profile(SUN_KW), 0.9),
        new CombinedHeatPower(CHP_KW, 0.7, GAS_PRICE, 0.8),
        new ElectricHeater(200, 0.95),
        new HeatPump("EHP", 90, 3.5, 0.8));
  }

  private static List<DeviceSpec> withBattery() {
    return List.of(
        new PowerLoad(profile(80, 95, 110, 120, 100, 90, 130, 85)),
        Renewable.photovoltaic(profile(0, 30, 210, 260, 95, 10, 0, 0), 0.9),
        new Battery(100, BATTERY_KWH, 90, 0.01, 0.95, 0.9, 0.8));
  }

  private static SecureRandom seeded(long seed) throws NoSuchAlgorithmException {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG"); // one that a seed determines
    random.setSeed(seed);
    return random;
  }

  /** A masked program, the cloud's answer, and what it stands for. */
  private record Seen(SolvedProblem solved, double[] x) {
    List<Reading> readings() {
      return StructureAttack.read(solved);
    }
  }

  private static Seen solve(QuadraticProgram program, MaskSettings settings)
      throws NoSuchAlgorithmException {
    return solve(program, settings, 7);
  }

  private static Seen solve(QuadraticProgram program, MaskSettings settings, long seed)
      throws NoSuchAlgorithmException {
    try (MaskedDes masked = MaskedDes.mask(program, settings, seeded(seed))) {
      MaskedProblem problem = masked.problem();
      MaskedLinearTerm term = masked.maskLinear(program.linear());
      try (DenseSolver solver =
          new JavaDenseSolverFactory()
              .setup(
                  problem.dimension(),
                  problem.quadratic(),
                  problem.rows(),
                  problem.lower(),
                  problem.upper(),
                  new QpSettings(1e-10, 1e-10, 20_000))) {
        QpResult result = solver.solve(term.linear());
        MaskedAnswer answer =
            new MaskedAnswer(
                term.mask(),
                term.sequence(),
                result.status(),
                result.x().clone(),
                result.y().clone(),
                result.iterations());
        double[] x = new double[program.variableCount()];
        masked.unmask(answer, x, new double[program.rowCount()]);
        return new Seen(new SolvedProblem(problem, term, answer), x);
      }
    }
  }

  private static double[] values(List<Reading> readings, Quantity quantity) {
    return readings.stream()
        .filter(reading -> reading.quantity() == quantity)
        .mapToDouble(Reading::value)
        .sorted()
        .toArray();
  }

  private static double[] sorted(double... values) {
    double[] result = values.clone();
    Arrays.sort(result);
    return result;
  }

  @ParameterizedTest
  @MethodSource("masks")
  void chpSunAndLoadAreReadWithoutAnyParameter(MaskSettings settings)
      throws NoSuchAlgorithmException {
    DesProgram des = TestSystems.node(STEPS, 1, withChp());
    Seen seen = solve(TestSystems.consensusProgram(des, 3), settings);
    List<Reading> readings = seen.readings();

    // the figures of the case, not of the program: kW over kW
    assertThat(values(readings, Quantity.LOAD))
        .containsExactly(
            sorted(Arrays.stream(LOAD_KW).map(v -> v / CHP_KW).toArray()), within(EXACT));
    assertThat(values(readings, Quantity.RENEWABLE_LIMIT))
        .containsExactly(
            sorted(Arrays.stream(SUN_KW).filter(v -> v > 0).map(v -> v / CHP_KW).toArray()),
            within(EXACT));
    assertThat(values(readings, Quantity.CHP_COST))
        .containsExactly(new double[] {GAS_PRICE * (1 + 0.7) / 0.244343}, within(EXACT));
    double[] chp =
        des.quantities().stream()
            .filter(series -> series.device().equals("CHP") && series.name().equals("P"))
            .flatMapToDouble(
                series ->
                    java.util.stream.IntStream.range(0, STEPS)
                        .mapToDouble(t -> series.value(seen.x(), t) / CHP_KW))
            .sorted()
            .toArray();
    assertThat(chp[STEPS - 1]).as("a CHP that runs").isGreaterThan(0.01);
    assertThat(values(readings, Quantity.CHP_LOADING)).containsExactly(chp, within(EXACT));
  }

  @ParameterizedTest
  @MethodSource("masks")
  void theLevelOfABatteryIsReadWithoutAnyParameter(MaskSettings settings)
      throws NoSuchAlgorithmException {
    DesProgram des = TestSystems.node(8, 1, withBattery());
    Seen seen = solve(TestSystems.consensusProgram(des, 3), settings);
    List<Double> levels = new ArrayList<>();
    des.quantities().stream()
        .filter(series -> series.name().equals("E"))
        .forEach(
            series -> {
              // the chain has seven energies, of which those at its ends have one neighbour only
              for (int t = 1; t < 6; t++) {
                levels.add(series.value(seen.x(), t) / BATTERY_KWH);
              }
            });
    double[] truth = levels.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    assertThat(truth[4] - truth[0]).as("a battery that works").isGreaterThan(0.1);
    assertThat(values(seen.readings(), Quantity.STORAGE_LEVEL))
        .containsExactly(truth, within(EXACT));
  }

  @ParameterizedTest
  @MethodSource("masks")
  void whatIsReadHereIsAllThatCanBe(MaskSettings settings) throws NoSuchAlgorithmException {
    DesProgram des = TestSystems.node(STEPS, 1, withChp());
    Seen seen = solve(TestSystems.consensusProgram(des, 3), settings);
    List<ReadingScore> scores = ReadingScore.of(seen.readings(), TrueValues.of(des, seen.x()));
    for (ReadingScore score : scores) {
      if (score.quantity() != Quantity.DEVICE_LOADING) { // a pump's limit may be the heat load
        assertThat(score.right()).as(score.quantity().name()).isEqualTo(score.values());
        assertThat(score.claimed()).as(score.quantity().name()).isEqualTo(score.values());
      }
    }
    assertThat(TrueValues.chpLimitKw(des)).isEqualTo(CHP_KW, within(1e-9));
  }

  /**
   * Another mask may hide a value or two by chance, but none makes the attacker read a wrong one.
   */
  @ParameterizedTest
  @MethodSource("masks")
  void noMaskOfManyMisleadsTheAttack(MaskSettings settings) throws NoSuchAlgorithmException {
    DesProgram des = TestSystems.node(STEPS, 1, withChp());
    QuadraticProgram program = TestSystems.consensusProgram(des, 3);
    for (int seed = 100; seed < 108; seed++) {
      Seen seen = solve(program, settings, seed);
      for (ReadingScore score : ReadingScore.of(seen.readings(), TrueValues.of(des, seen.x()))) {
        if (score.quantity() != Quantity.DEVICE_LOADING) { // sides that a mask made up look real
          assertThat(score.right()).as(score + " seed " + seed).isEqualTo(score.claimed());
          assertThat(score.right()).as(score + " seed " + seed).isPositive();
        }
      }
    }
  }

  /** Nothing but limits on single variables and dense rows: as wide, as many, and no device. */
  private static QuadraticProgram withoutStructure(long seed) {
    int n = 40;
    int m = 90;
    Random random = new Random(seed);
    SparseMatrix.Builder rows = SparseMatrix.builder(m, n);
    double[] lower = new double[m];
    double[] upper = new double[m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        if (i >= n || i == j) {
          rows.add(i, j, i == j ? 1.0 : random.nextGaussian());
        }
      }
      lower[i] = -random.nextDouble();
      upper[i] = random.nextDouble();
    }
    double[] diagonal = new double[n];
    double[] linear = new double[n];
    for (int j = 0; j < n; j++) {
      diagonal[j] = j % 3 == 0 ? 0.1 : 0.0;
      linear[j] = random.nextGaussian();
    }
    return new QuadraticProgram(
        "no devices", SparseMatrix.diagonal(diagonal), linear, rows.build(), lower, upper);
  }

  @ParameterizedTest
  @MethodSource("masks")
  void nothingIsClaimedOfAProgramWithoutStructure(MaskSettings settings)
      throws NoSuchAlgorithmException {
    for (int seed = 0; seed < 5; seed++) {
      assertThat(solve(withoutStructure(seed), settings).readings()).isEmpty();
    }
  }

  /** Three rows in a plane as in a cone, but their sides do not meet: no device has such limits. */
  @ParameterizedTest
  @MethodSource("masks")
  void nothingIsClaimedWhereSidesDoNotMeet(MaskSettings settings) throws NoSuchAlgorithmException {
    int pairs = 12;
    SparseMatrix.Builder rows = SparseMatrix.builder(3 * pairs, 2 * pairs);
    double[] lower = new double[3 * pairs];
    double[] upper = new double[3 * pairs];
    Random random = new Random(2);
    for (int i = 0; i < pairs; i++) {
      double slope = 0.5 + random.nextDouble();
      rows.add(3 * i, 2 * i, 1.0);
      rows.add(3 * i + 1, 2 * i, -slope);
      rows.add(3 * i + 1, 2 * i + 1, 1.0);
      rows.add(3 * i + 2, 2 * i, slope);
      rows.add(3 * i + 2, 2 * i + 1, 1.0);
      upper[3 * i] = 1.0;
      lower[3 * i + 1] = Double.NEGATIVE_INFINITY;
      upper[3 * i + 1] = 0.1 + random.nextDouble(); // zero in a cone
      lower[3 * i + 2] = -0.1 - random.nextDouble(); // likewise
      upper[3 * i + 2] = Double.POSITIVE_INFINITY;
    }
    double[] linear = random.doubles(2 * pairs, -1, 1).toArray();
    double[] diagonal = new double[2 * pairs];
    diagonal[0] = 0.1;
    diagonal[1] = 0.1;
    QuadraticProgram program =
        new QuadraticProgram(
            "apart", SparseMatrix.diagonal(diagonal), linear, rows.build(), lower, upper);
    assertThat(solve(program, settings).readings()).isEmpty();
  }

  @Test
  void blindGuessesAndWrongClaimsAreCounted() {
    List<Reading> readings =
        List.of(
            new Reading(Quantity.CHP_LOADING, 0.3),
            new Reading(Quantity.CHP_LOADING, 0.3),
            new Reading(Quantity.CHP_LOADING, 1.0 + 1e-6),
            new Reading(Quantity.LOAD, 0.2));
    List<ReadingScore> scores =
        ReadingScore.of(readings, Map.of(Quantity.CHP_LOADING, List.of(1.0, 0.0, 1.0, 0.3)));
    ReadingScore chp = scores.get(0);
    assertThat(chp.values()).isEqualTo(4);
    assertThat(chp.claimed()).isEqualTo(3);
    assertThat(chp.right()).as("one of the two 0.3 has no value left").isEqualTo(2);
    assertThat(chp.largestError()).isEqualTo(1e-6, within(1e-9));
    assertThat(chp.blind()).as("always at the limit").isEqualTo(2);
    ReadingScore load = scores.get(1);
    assertThat(load.values()).isZero();
    assertThat(load.claimed()).isEqualTo(1);
    assertThat(load.right()).isZero();
  }
}
