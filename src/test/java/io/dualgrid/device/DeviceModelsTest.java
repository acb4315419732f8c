package io.dualgrid.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.commitment.BranchAndBound;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.grid.Shunt;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.DispatchableLoad;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.ReferenceSolver;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each device in a node below a root, over two steps of twelve hours, with a price on what the node
 * draws from the line: optima small enough to work out by hand. Reference solver: ojAlgo; its
 * tolerance on these problems is far below the 1e-6 asserted.
 */
class DeviceModelsTest {
  private static final double TOLERANCE = 1e-6;
  private static final int STEPS = 2;
  private static final double DT = 12.0;
  private static final Line LINE = new Line(0, 1, 1.0, 2.0);

  private static Profile profile(double... values) {
    return new Profile("p.csv", "1", 1.0, values);
  }

  private static DesProgram program(DeviceSpec... devices) {
    return programBelow(LINE, devices);
  }

  private static DesProgram programBelow(Line line, DeviceSpec... devices) {
    NetworkLimits limits =
        new NetworkLimits(24.0, STEPS, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    List<Node> nodes =
        List.of(new Node(0, "root", List.of()), new Node(1, "node", List.of(devices)));
    GridCase gridCase =
        new GridCase(
            "test",
            "hand-made",
            limits,
            nodes,
            List.of(line),
            new FeederTree(List.of(0, 1), List.of(line)));
    Horizon horizon = Horizon.of(limits, STEPS, Sampling.FIRST);
    return new DesAssembler(gridCase, horizon).assemble(nodes.get(1));
  }

  /** Minimises cost + price · dt · P_parent, prices in currency per kWh. */
  private static double[] optimum(DesProgram program, double... prices) {
    double[] boundary = new double[3 * STEPS];
    for (int t = 0; t < STEPS; t++) {
      boundary[t] = prices[t] * DT;
    }
    return ReferenceSolver.solve(withBoundary(program, boundary));
  }

  private static QuadraticProgram withBoundary(DesProgram program, double[] boundary) {
    QuadraticProgram base = program.program();
    double[] linear = base.linear().clone();
    program.ports().get(0).addTo(boundary, linear);
    return new QuadraticProgram(
        base.name(), base.quadratic(), linear, base.constraints(), base.lower(), base.upper());
  }

  private static double value(DesProgram program, double[] x, String device, String name, int t) {
    return program.quantities().stream()
        .filter(q -> q.device().equals(device) && q.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value(x, t);
  }

  private static double drawnKw(DesProgram program, double[] x, int t) {
    return 1000 * x[program.ports().get(0).active()[t]];
  }

  private static double drawnKvar(DesProgram program, double[] x, int t) {
    return 1000 * x[program.ports().get(0).reactive()[t]];
  }

  @Test
  void loadsAreDrawnFromTheLine() {
    DesProgram program =
        program(new PowerLoad(profile(100, 250)), new ReactiveLoad(profile(30, -20)));
    double[] x = optimum(program, 0.5, 0.5);
    assertThat(drawnKw(program, x, 0)).isCloseTo(100, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(250, within(TOLERANCE));
    assertThat(drawnKvar(program, x, 0)).isCloseTo(30, within(TOLERANCE));
    assertThat(drawnKvar(program, x, 1)).isCloseTo(-20, within(TOLERANCE));
    assertThat(value(program, x, "P_load", "P", 1)).isEqualTo(-250);
  }

  @Test
  void voltageFallsByResistanceTimesPowerAndReactanceTimesReactivePower() {
    DesProgram program =
        program(new PowerLoad(profile(1000, 0)), new ReactiveLoad(profile(500, 0)));
    // a small reward on the parent voltage lifts it to its upper limit
    double[] boundary = {0, 0, 0, 0, -1, -1};
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    double parent = x[program.ports().get(0).voltage()[0]];
    assertThat(parent).isCloseTo(1.05, within(TOLERANCE));
    // 1 p.u. · 1 ohm / 100 ohm + 0.5 p.u. · 2 ohm / 100 ohm
    assertThat(value(program, x, "bus", "V", 0)).isCloseTo(1.05 - 0.01 - 0.01, within(TOLERANCE));
  }

  @Test
  void photovoltaicIsCurtailedWhenSellingDoesNotPayTheNetworkCharge() {
    DesProgram program =
        program(new PowerLoad(profile(40, 40)), Renewable.photovoltaic(profile(100, 100), 0.9));
    // at 0.2 per kWh a sale brings less than the charge of 0.244343: only the load is covered
    double[] x = optimum(program, 0.2, 0.3);
    assertThat(value(program, x, "PV", "P", 0)).isCloseTo(40, within(TOLERANCE));
    assertThat(drawnKw(program, x, 0)).isCloseTo(0, within(TOLERANCE));
    assertThat(value(program, x, "PV", "P", 1)).isCloseTo(100, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(-60, within(TOLERANCE));
    assertThat(program.costOf(x)).isCloseTo(60 * DT * 0.244343, within(1e-3));
  }

  @Test
  void windPowerGivesReactivePowerUpToItsPowerFactor() {
    DesProgram program = program(Renewable.wind(profile(100, 50), 0.9));
    double[] boundary = new double[3 * STEPS];
    boundary[0] = 0.5 * DT;
    boundary[1] = 0.5 * DT;
    boundary[STEPS] = 1e-3; // a price on reactive power drawn: deliver as much as possible
    boundary[STEPS + 1] = -1e-3; // and take as much
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    double slope = Math.tan(Math.acos(0.9));
    assertThat(drawnKvar(program, x, 0)).isCloseTo(-100 * slope, within(TOLERANCE));
    assertThat(drawnKvar(program, x, 1)).isCloseTo(50 * slope, within(TOLERANCE));
  }

  @Test
  void combinedHeatPowerRunsWhenTheLineIsDearer() {
    DesProgram program =
        program(new PowerLoad(profile(100, 100)), new CombinedHeatPower(80, 1.5, 0.2, 0.8));
    // 0.2 · (1 + 1.5) = 0.5 per kWh of electricity
    double[] x = optimum(program, 0.49, 0.51);
    assertThat(value(program, x, "CHP", "P", 0)).isCloseTo(0, within(TOLERANCE));
    assertThat(value(program, x, "CHP", "P", 1)).isCloseTo(80, within(TOLERANCE));
    assertThat(program.costOf(x)).isCloseTo(0.5 * 80 * DT, within(1e-3));
  }

  @Test
  void combinedHeatPowerServesHeatUpToItsRatio() {
    DesProgram program =
        program(new HeatLoad(profile(90, 30)), new CombinedHeatPower(100, 1.5, 1.0, 0.8));
    double[] x = optimum(program, 0.1, 0.1);
    assertThat(value(program, x, "CHP", "P", 0)).isCloseTo(60, within(TOLERANCE));
    assertThat(value(program, x, "CHP", "H", 0)).isCloseTo(90, within(TOLERANCE));
    assertThat(value(program, x, "CHP", "P", 1)).isCloseTo(20, within(TOLERANCE));
  }

  @Test
  void batteryMovesEnergyFromCheapToDearAndCarriesTheStepLength() {
    DesProgram program =
        program(new PowerLoad(profile(100, 100)), new Battery(10, 240, 24, 0.01, 0.9, 0.8, 0.8));
    double[] x = optimum(program, 0.1, 1.0);
    // E1 = 24·(1 − 0.12) + 12·0.9·Pch;  E2 = E1·0.88 − 12/0.8·Pdis = 24
    double first = 24 * 0.88 + 12 * 0.9 * 10;
    assertThat(value(program, x, "BT", "P_charge", 0)).isCloseTo(10, within(TOLERANCE));
    assertThat(value(program, x, "BT", "E", 0)).isCloseTo(first, within(TOLERANCE));
    double discharge = (first * 0.88 - 24) * 0.8 / 12;
    assertThat(discharge).isLessThan(10);
    assertThat(value(program, x, "BT", "P_discharge", 1)).isCloseTo(discharge, within(TOLERANCE));
    assertThat(value(program, x, "BT", "E", 1)).isCloseTo(24, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(100 - discharge, within(TOLERANCE));
  }

  @Test
  void heatStoreShiftsHeatToTheCheapStep() {
    DesProgram program =
        program(
            new HeatLoad(profile(50, 50)),
            new ElectricHeater(200, 0.5),
            new HeatStore(20, 1000, 0, 0.0));
    double[] x = optimum(program, 0.1, 1.0);
    assertThat(value(program, x, "HS", "H_sto", 0)).isCloseTo(20, within(TOLERANCE));
    assertThat(value(program, x, "HS", "H_rel", 1)).isCloseTo(20, within(TOLERANCE));
    assertThat(drawnKw(program, x, 0)).isCloseTo(70 / 0.5, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(30 / 0.5, within(TOLERANCE));
  }

  @Test
  void batteryEndsWhereItIsTold() {
    DesProgram program =
        program(
            new PowerLoad(profile(100, 100)), new Battery(10, 240, 24, 96, 0.01, 0.9, 0.8, 0.8));
    double[] x = optimum(program, 0.1, 1.0);
    // as above, charged in full at the cheap step, and what is above 96 kWh sold at the dear one
    double first = 24 * 0.88 + 12 * 0.9 * 10;
    double discharge = (first * 0.88 - 96) * 0.8 / 12;
    assertThat(discharge).isBetween(0.0, 10.0);
    assertThat(value(program, x, "BT", "P_discharge", 1)).isCloseTo(discharge, within(TOLERANCE));
    assertThat(value(program, x, "BT", "E", 1)).isCloseTo(96, within(TOLERANCE));
  }

  @Test
  void heatStoreGivesWhatItMayEndLower() {
    DesProgram program =
        program(
            new HeatLoad(profile(50, 50)),
            new ElectricHeater(200, 0.5),
            new HeatStore(20, 1000, 480, 240, 0.0));
    double[] x = optimum(program, 0.1, 1.0);
    // 240 kWh less over the horizon is all that 20 kW release at the dear step of 12 h
    assertThat(value(program, x, "HS", "H_rel", 1)).isCloseTo(20, within(TOLERANCE));
    assertThat(value(program, x, "HS", "E", 0)).isCloseTo(480, within(TOLERANCE));
    assertThat(value(program, x, "HS", "E", 1)).isCloseTo(240, within(TOLERANCE));
    assertThat(drawnKw(program, x, 0)).isCloseTo(50 / 0.5, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(30 / 0.5, within(TOLERANCE));
  }

  @Test
  void heatPumpIsUsedBeforeTheHeaterAndWithinItsPower() {
    DesProgram program =
        program(
            new HeatLoad(profile(40, 130)),
            new HeatPump("EHP", 30, 4.0, 0.8),
            new ElectricHeater(100, 1.0));
    double[] x = optimum(program, 0.5, 0.5);
    assertThat(value(program, x, "EHP", "P", 0)).isCloseTo(-10, within(TOLERANCE));
    assertThat(value(program, x, "EHP", "H", 0)).isCloseTo(40, within(TOLERANCE));
    assertThat(value(program, x, "EHP", "P", 1)).isCloseTo(-30, within(TOLERANCE));
    assertThat(value(program, x, "EH", "H", 1)).isCloseTo(10, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(40, within(TOLERANCE));
  }

  @Test
  void airSourceHeatPumpHasItsOwnCoefficient() {
    DesProgram program =
        program(new HeatLoad(profile(17.8, 0)), new HeatPump("AHP", 30, 1.78, 0.8));
    double[] x = optimum(program, 0.5, 0.5);
    assertThat(value(program, x, "AHP", "P", 0)).isCloseTo(-10, within(TOLERANCE));
  }

  @Test
  void twoDevicesOfOneKindAreToldApart() {
    DesProgram program = program(new PowerLoad(profile(10, 10)), new PowerLoad(profile(5, 5)));
    double[] x = optimum(program, 0.5, 0.5);
    assertThat(value(program, x, "P_load#2", "P", 0)).isEqualTo(-5);
    assertThat(drawnKw(program, x, 0)).isCloseTo(15, within(TOLERANCE));
  }

  @Test
  void gridInterfaceBuysAndSellsAtTheirPrices() {
    NetworkLimits limits =
        new NetworkLimits(24.0, STEPS, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    DeviceSpec grid = new GridInterface(500, 300, profile(0.4, 0.6), profile(0.2, 0.3), 0.8);
    List<Node> nodes = List.of(new Node(0, "root", List.of(grid)), new Node(1, "node", List.of()));
    GridCase gridCase =
        new GridCase(
            "test",
            "hand-made",
            limits,
            nodes,
            List.of(LINE),
            new FeederTree(List.of(0, 1), List.of(LINE)));
    DesProgram program =
        new DesAssembler(gridCase, Horizon.of(limits, STEPS, Sampling.FIRST))
            .assemble(nodes.get(0));
    // worth of what flows down: above the buy price at first, below the sell price then
    double[] boundary = {-0.5 * DT, -0.1 * DT, 0, 0, 0, 0};
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    assertThat(value(program, x, "GI", "P_buy", 0)).isCloseTo(500, within(TOLERANCE));
    assertThat(value(program, x, "GI", "P_sell", 1)).isCloseTo(300, within(TOLERANCE));
    assertThat(value(program, x, "bus", "V", 0)).isCloseTo(1.0, within(TOLERANCE));
    assertThat(program.costOf(x)).isCloseTo(500 * 0.4 * DT - 300 * 0.3 * DT, within(1e-3));
  }

  /** A price on active power that makes the device run, and next to none on reactive power. */
  private static void assertReactive(
      DesProgram program, double[] prices, double firstKvar, double secondKvar) {
    for (double sign : new double[] {1, -1}) {
      double[] boundary = new double[3 * STEPS];
      for (int t = 0; t < STEPS; t++) {
        boundary[t] = prices[t] * DT;
        boundary[STEPS + t] = sign * 1e-3;
      }
      double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
      assertThat(drawnKvar(program, x, 0)).isCloseTo(-sign * firstKvar, within(TOLERANCE));
      assertThat(drawnKvar(program, x, 1)).isCloseTo(-sign * secondKvar, within(TOLERANCE));
    }
  }

  @Test
  void photovoltaicGivesReactivePowerUpToItsPowerFactor() {
    double slope = Math.tan(Math.acos(0.9));
    assertReactive(
        program(Renewable.photovoltaic(profile(100, 50), 0.9)),
        new double[] {0.5, 0.5},
        100 * slope,
        50 * slope);
  }

  @Test
  void combinedHeatPowerGivesReactivePowerUpToItsPowerFactor() {
    // 0.2 · (1 + 1.5) = 0.5 per kWh: it stands still in the first step; tan(acos 0.8) = 0.75
    assertReactive(
        program(new PowerLoad(profile(100, 100)), new CombinedHeatPower(80, 1.5, 0.2, 0.8)),
        new double[] {0.3, 0.7},
        0,
        80 * 0.75);
  }

  @Test
  void batteryGivesReactivePowerWithWhatItChargesAndDischarges() {
    // what 10 kW have brought in over a step, 0.9 · 0.9 of it comes out
    assertReactive(
        program(new PowerLoad(profile(100, 100)), new Battery(10, 240, 0, 0.0, 0.9, 0.9, 0.8)),
        new double[] {0.1, 1.0},
        10 * 0.75,
        8.1 * 0.75);
  }

  @Test
  void heatPumpsTakeReactivePowerUpToTheirPowerFactor() {
    for (String kind : new String[] {"EHP", "AHP"}) {
      assertReactive(
          program(new HeatLoad(profile(40, 20)), new HeatPump(kind, 30, 4, 0.8)),
          new double[] {0.5, 0.5},
          10 * 0.75,
          5 * 0.75);
    }
  }

  @Test
  void electricHeaterTakesNoReactivePower() {
    assertReactive(
        program(new HeatLoad(profile(40, 20)), new ElectricHeater(100, 1.0)),
        new double[] {0.5, 0.5},
        0,
        0);
  }

  @Test
  void gridInterfaceGivesReactivePowerWithWhatItBuysAndSells() {
    NetworkLimits limits =
        new NetworkLimits(24.0, STEPS, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    DeviceSpec grid = new GridInterface(500, 300, profile(0.4, 0.6), profile(0.2, 0.3), 0.8);
    List<Node> nodes = List.of(new Node(0, "root", List.of(grid)), new Node(1, "node", List.of()));
    GridCase gridCase =
        new GridCase(
            "test",
            "hand-made",
            limits,
            nodes,
            List.of(LINE),
            new FeederTree(List.of(0, 1), List.of(LINE)));
    DesProgram program =
        new DesAssembler(gridCase, Horizon.of(limits, STEPS, Sampling.FIRST))
            .assemble(nodes.get(0));
    // buys all it can, then sells all it can; reactive power down the line is worth a little
    double[] boundary = {-0.5 * DT, -0.1 * DT, -1e-3, -1e-3, 0, 0};
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    int[] reactive = program.ports().get(0).reactive();
    assertThat(1000 * x[reactive[0]]).isCloseTo(500 * 0.75, within(1e-3));
    assertThat(1000 * x[reactive[1]]).isCloseTo(300 * 0.75, within(1e-3));
  }

  /** The program of a root with some grid interface above a node without devices. */
  private static DesProgram root(DeviceSpec grid) {
    NetworkLimits limits =
        new NetworkLimits(24.0, STEPS, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    List<Node> nodes = List.of(new Node(0, "root", List.of(grid)), new Node(1, "node", List.of()));
    FeederTree tree = new FeederTree(List.of(0, 1), List.of(LINE));
    GridCase gridCase = new GridCase("test", "hand-made", limits, nodes, List.of(LINE), tree);
    Horizon horizon = Horizon.of(limits, STEPS, Sampling.FIRST);
    return new DesAssembler(gridCase, horizon).assemble(nodes.get(0));
  }

  @Test
  void gridInterfaceWithoutPowerFactorGivesReactivePowerUpToItsLimits() {
    DeviceSpec grid =
        new GridInterface(500, 300, profile(0.4, 0.6), profile(0.2, 0.3), Double.NaN, -70, 900);
    DesProgram program = root(grid);
    // active power is worth nothing, so none is bought; reactive power is wanted, then unwanted
    double[] boundary = {0, 0, -1e-3, 1e-3, 0, 0};
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    assertThat(value(program, x, "GI", "P_buy", 0)).isCloseTo(0, within(TOLERANCE));
    assertThat(value(program, x, "GI", "Q_buy", 0)).isCloseTo(900, within(TOLERANCE));
    assertThat(value(program, x, "GI", "Q_buy", 1)).isCloseTo(-70, within(TOLERANCE));
  }

  @Test
  void gridInterfaceKeepsToItsPowerFactorAndToItsLimits() {
    DeviceSpec grid =
        new GridInterface(500, 300, profile(0.4, 0.6), profile(0.2, 0.3), 0.8, -70, 900);
    DesProgram program = root(grid);
    double[] boundary = {-0.5 * DT, -0.5 * DT, -1e-3, 1e-3, 0, 0};
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    int[] reactive = program.ports().get(0).reactive();
    // 500 kW at 0.8 allow 375 kvar, less than 900; nothing bought allows none below, more than -70
    assertThat(1000 * x[reactive[0]]).isCloseTo(375, within(1e-3));
    assertThat(1000 * x[reactive[1]]).isCloseTo(0, within(1e-3));
  }

  @Test
  void shuntFeedsInReactivePowerAndDrawsActivePower() {
    DesProgram program = program(new Shunt(7, 600));
    double[] x = optimum(program, 0.5, 0.5);
    assertThat(drawnKw(program, x, 1)).isCloseTo(7, within(TOLERANCE));
    assertThat(drawnKvar(program, x, 1)).isCloseTo(-600, within(TOLERANCE));
    assertThat(value(program, x, "SH", "P", 0)).isEqualTo(-7);
    assertThat(value(program, x, "SH", "Q", 0)).isEqualTo(600);
  }

  @Test
  void generatorRunsWhereItIsCheaperAndAtItsLeastWhereNot() {
    DesProgram program =
        program(new PowerLoad(profile(100, 100)), new Generator(20, 90, -40, 50, 0.3));
    double[] x = optimum(program, 0.5, 0.2);
    assertThat(value(program, x, "GEN", "P", 0)).isCloseTo(90, within(TOLERANCE));
    assertThat(value(program, x, "GEN", "P", 1)).isCloseTo(20, within(TOLERANCE));
    assertThat(program.costOf(x)).isCloseTo(0.3 * DT * (90 + 20), within(1e-3));
    for (double sign : new double[] {1, -1}) {
      double[] boundary = {0, 0, sign * 1e-3, sign * 1e-3, 0, 0};
      double[] y = ReferenceSolver.solve(withBoundary(program, boundary));
      assertThat(value(program, y, "GEN", "Q", 0))
          .isCloseTo(sign > 0 ? 50 : -40, within(TOLERANCE));
    }
  }

  @Test
  void dispatchableLoadIsServedWhereItIsWorthIt() {
    DesProgram program = program(new DispatchableLoad(80, 0.25, 0.4));
    double[] x = optimum(program, 0.3, 0.5);
    assertThat(drawnKw(program, x, 0)).isCloseTo(80, within(TOLERANCE));
    assertThat(drawnKvar(program, x, 0)).isCloseTo(20, within(TOLERANCE));
    assertThat(drawnKw(program, x, 1)).isCloseTo(0, within(TOLERANCE));
    assertThat(program.costOf(x)).isCloseTo(-0.4 * DT * 80, within(1e-3));
  }

  @Test
  void tapDividesTheVoltage() {
    DesProgram program =
        programBelow(
            new Line(0, 1, 1.0, 2.0, 1.05, Double.POSITIVE_INFINITY),
            new PowerLoad(profile(1000, 0)));
    double[] boundary = {0, 0, 0, 0, -1, -1};
    double[] x = ReferenceSolver.solve(withBoundary(program, boundary));
    // the parent voltage is lifted to 1.05: 1.05 / 1.05 minus 1 p.u. · 1 ohm / 100 ohm
    assertThat(value(program, x, "bus", "V", 0)).isCloseTo(1.0 - 0.01, within(TOLERANCE));
    assertThat(value(program, x, "bus", "V", 1)).isCloseTo(1.0, within(TOLERANCE));
  }

  @Test
  void turnedTwiceIsTheSameLine() {
    // 1.25 and its powers are exact, so is 1 / (1 / 1.25)
    Line line = new Line(3, 4, 0.5, 0.25, 1.25, 900);
    assertThat(line.turned()).isEqualTo(new Line(4, 3, 0.78125, 0.390625, 0.8, 900));
  }

  @Test
  void ratingLimitsApparentPowerInEveryDirection() {
    Line rated = new Line(0, 1, 0, 0, 1, 100);
    for (int degrees = 0; degrees < 360; degrees += 5) {
      double angle = Math.toRadians(degrees);
      DesProgram program = programBelow(rated, new Generator(-1e4, 1e4, -1e4, 1e4, 0));
      double p = -1e-3 * Math.cos(angle);
      double q = -1e-3 * Math.sin(angle);
      double[] x = ReferenceSolver.solve(withBoundary(program, new double[] {p, p, q, q, 0, 0}));
      double apparent = Math.hypot(drawnKw(program, x, 0), drawnKvar(program, x, 0));
      // the farthest point of a polygon in any direction is a corner, and corners are on the circle
      assertThat(apparent).as(degrees + " degrees").isCloseTo(100, within(1e-4));
    }
  }

  /** Minimises cost + price · dt · P_parent over states of 0 and 1. */
  private static double[] switched(DesProgram program, double... prices) {
    double[] boundary = new double[3 * STEPS];
    for (int t = 0; t < STEPS; t++) {
      boundary[t] = prices[t] * DT;
    }
    BranchAndBound.Result found =
        BranchAndBound.search(
            withBoundary(program, boundary),
            program.switchings(),
            new BranchAndBound.Gap(1e-6, 0),
            BranchAndBound.Effort.within(Duration.ofMinutes(1)));
    assertThat(found.proved()).isTrue();
    return optimum(found.states().fix(program), prices);
  }

  private static void assertStates(
      DesProgram program, double[] x, String device, double[] powerKw, double... on) {
    for (int t = 0; t < STEPS; t++) {
      assertThat(value(program, x, device, "P", t)).isCloseTo(powerKw[t], within(TOLERANCE));
      assertThat(value(program, x, device, "on", t)).isCloseTo(on[t], within(TOLERANCE));
    }
  }

  private static DesProgram unit(double startCost) {
    return program(
        new PowerLoad(profile(100, 100)),
        new CombinedHeatPower(80, 1.5, 0.2, 0.8, new OnOff(60, Double.NaN, Double.NaN, startCost)));
  }

  @Test
  void unitRunsThroughWhereThatIsCheaperThanAStart() {
    // a kWh costs 0.5: 0.05 · 60 · 12 = 36 are lost by running at 0.45, 0.1 · 80 · 12 = 96 gained
    // at 0.6; a start at 35 is cheaper than running through, one at 37 is not
    DesProgram cheap = unit(35);
    assertStates(cheap, switched(cheap, 0.45, 0.6), "CHP", new double[] {0, 80}, 0, 1);
    DesProgram dear = unit(37);
    assertStates(dear, switched(dear, 0.45, 0.6), "CHP", new double[] {60, 80}, 1, 1);
    // at 0.3 running costs 0.2 · 60 · 12 = 144, more than is gained
    DesProgram dearest = unit(97);
    assertStates(dearest, switched(dearest, 0.3, 0.6), "CHP", new double[] {0, 0}, 0, 0);
  }

  @Test
  void unitThatNeedsNoStartWaitsForAPriceAboveItsOwn() {
    DesProgram program = unit(Double.NaN);
    assertStates(program, switched(program, 0.45, 0.6), "CHP", new double[] {0, 80}, 0, 1);
  }

  @Test
  void pumpIsOffWhereTheHeatIsLessThanItsLeast() {
    for (String kind : List.of("EHP", "AHP")) {
      OnOff onOff = new OnOff(5, Double.NaN, Double.NaN, Double.NaN);
      DesProgram program =
          program(
              new HeatLoad(profile(40, 10)),
              new HeatPump(kind, 30, 4.0, 0.8, onOff),
              new ElectricHeater(100, 1.0));
      double[] x = switched(program, 1.0, 1.0);
      // 10 kW of heat would take 2.5 kW
      assertStates(program, x, kind, new double[] {-10, 0}, 1, 0);
      assertThat(value(program, x, "EH", "P", 1)).isCloseTo(-10, within(TOLERANCE));
    }
  }

  @Test
  void heaterIsOffWhereTheHeatIsLessThanItsLeast() {
    DesProgram program =
        program(
            new HeatLoad(profile(15, 5)),
            new ElectricHeater(100, 0.5, new OnOff(20, Double.NaN, Double.NaN, Double.NaN)),
            new HeatPump("AHP", 100, 0.4, 0.8));
    double[] x = switched(program, 1.0, 1.0);
    assertStates(program, x, "EH", new double[] {-30, 0}, 1, 0);
    assertThat(value(program, x, "AHP", "P", 1)).isCloseTo(-12.5, within(TOLERANCE));
  }

  @Test
  void smallestPowerOfZeroAsksForNoStates() {
    assertThat(
            program(
                    new ElectricHeater(100, 0.5, new OnOff(0, 3, 3, 5)),
                    new PowerLoad(profile(1, 1)))
                .switchings())
        .isEmpty();
  }
}
