package io.dualgrid.mask;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.generation.Renewable;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.load.ReactiveLoad;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Energy systems for tests: one node between a root and two or fewer children, its devices over a
 * day of smooth random profiles, and consensus penalties as a run sets them.
 */
public final class TestSystems {
  /** Penalty of P and Q at the line ends, per unit: 3e-5 currency/kW² on a base of 1000 kW. */
  public static final double PENALTY = 0.03;

  private TestSystems() {}

  private static Profile profile(int steps, double level, double swing, Random random) {
    double phase = random.nextDouble();
    double[] values = new double[steps];
    for (int t = 0; t < steps; t++) {
      double wave = Math.sin(2 * Math.PI * (t / (double) steps + phase));
      values[t] = level * (1 + swing * wave + 0.05 * random.nextDouble());
    }
    return new Profile("made up", "1", 1.0, values);
  }

  private static Profile sun(int steps, double peak) {
    double[] values = new double[steps];
    for (int t = 0; t < steps; t++) {
      values[t] = peak * Math.max(0.0, Math.sin(2 * Math.PI * (t / (double) steps - 0.25)));
    }
    return new Profile("made up", "1", 1.0, values);
  }

  /** Loads and heat pump with heater, and, if asked for, photovoltaics, battery, and CHP. */
  public static List<DeviceSpec> devices(
      int steps, boolean photovoltaic, boolean battery, boolean chp, long seed) {
    Random random = new Random(seed);
    List<DeviceSpec> devices = new ArrayList<>();
    devices.add(new PowerLoad(profile(steps, 180, 0.4, random)));
    devices.add(new ReactiveLoad(profile(steps, 60, 0.4, random)));
    devices.add(new HeatLoad(profile(steps, 300, 0.3, random)));
    devices.add(new HeatPump("EHP", 400, 4.2, 0.8));
    devices.add(new ElectricHeater(500, 0.95));
    if (photovoltaic) {
      devices.add(Renewable.photovoltaic(sun(steps, 900), 0.9));
    }
    if (battery) {
      devices.add(new Battery(200, 600, 180, 0.001, 0.95, 0.95, 0.8));
    }
    if (chp) {
      devices.add(new CombinedHeatPower(150, 1.3, 0.3, 0.8));
    }
    return devices;
  }

  /** The program of a node with these devices and a number of child lines, without penalty. */
  public static DesProgram node(int steps, int children, List<DeviceSpec> devices) {
    NetworkLimits limits =
        new NetworkLimits(24.0, steps, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    List<Node> nodes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    nodes.add(new Node(0, "root", List.of()));
    nodes.add(new Node(1, "node", devices));
    lines.add(new Line(0, 1, 0.0966, 0.114));
    for (int c = 0; c < children; c++) {
      nodes.add(new Node(2 + c, "child", List.of()));
      lines.add(new Line(1, 2 + c, 0.01449, 0.0171));
    }
    FeederTree tree = new FeederTree(nodes.stream().map(Node::id).toList(), lines);
    GridCase gridCase = new GridCase("test", "made up", limits, nodes, lines, tree);
    Horizon horizon = Horizon.of(limits, steps, Sampling.FIRST);
    return new DesAssembler(gridCase, horizon).assemble(nodes.get(1));
  }

  /** The program with consensus penalties on all ports and random prices: what a DES solves. */
  public static QuadraticProgram consensusProgram(DesProgram des, long seed) {
    QuadraticProgram base = des.program();
    double[] diagonal = new double[base.variableCount()];
    int steps = des.horizon().steps();
    for (Port port : des.ports()) {
      double[] weights = new double[3 * steps];
      Arrays.fill(weights, 0, 2 * steps, PENALTY);
      Arrays.fill(weights, 2 * steps, 3 * steps, 5 * PENALTY);
      port.addTo(weights, diagonal);
    }
    return new QuadraticProgram(
        base.name(),
        SparseMatrix.diagonal(diagonal),
        linearTerm(des, seed),
        base.constraints(),
        base.lower(),
        base.upper());
  }

  /** Cost plus λ − ρz at the ports, for prices and set points like those of a run. */
  public static double[] linearTerm(DesProgram des, long seed) {
    Random random = new Random(seed);
    double[] linear = des.program().linear().clone();
    int steps = des.horizon().steps();
    for (Port port : des.ports()) {
      double sign = port.downstream() ? 1.0 : -1.0;
      double[] boundary = new double[3 * steps];
      for (int t = 0; t < steps; t++) {
        double price = 0.5 + 0.3 * random.nextDouble();
        boundary[t] = sign * price - PENALTY * (0.5 + random.nextDouble());
        boundary[steps + t] = 0.01 * random.nextGaussian();
        boundary[2 * steps + t] = -5 * PENALTY * (1.0 + 0.01 * random.nextGaussian());
      }
      port.addTo(boundary, linear);
    }
    return linear;
  }

  /** The same program with another linear term. */
  public static QuadraticProgram withLinear(QuadraticProgram program, double[] linear) {
    return new QuadraticProgram(
        program.name(),
        program.quadratic(),
        linear,
        program.constraints(),
        program.lower(),
        program.upper());
  }
}
