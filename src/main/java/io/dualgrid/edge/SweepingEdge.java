package io.dualgrid.edge;

import io.dualgrid.consensus.PriceBound;
import io.dualgrid.device.DesProgram;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.AskRootPrice;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.Sweep;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.runtime.Step;
import io.dualgrid.site.SiteProgram;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One energy system on the way from an iterate to a point on which all agree exactly, and in the
 * bound on how far that is from the optimum.
 *
 * <p>The devices stay as they are, flows and voltages follow in a {@link LineSweep}, and the root
 * meets its lines' flows at least cost. The point counts when the root can and all voltages and
 * flows lie within their limits.
 *
 * <p>The bound is the dual function at uniform prices δ of active and reactive injections: each
 * energy system minimises its cost plus δ·injection over its own constraints, without any penalty,
 * and the sum is a lower bound on the optimum for every δ, because the injections of the whole
 * feeder add up to zero. Where voltage limits bind, prices differ from node to node by a {@link
 * PriceSweep}; with η of the node's own limit the bound gains η·(κV₀ − limit).
 */
final class SweepingEdge implements OrderHandler {
  private static final double BOUND_TOLERANCE = 1e-8;

  /** How near a limit, in p.u., a voltage has to be for its multiplier to count. */
  private static final double NEAR = 2e-3;

  private final EdgeSystem edge;
  private final Residuals residuals;
  private final TreeSums sums;
  private final LineSweep sweep;
  private final PriceSweep priceSweep;
  private final NetworkLimits limits;
  private final double unloadedVoltagePu;
  private final double size;
  private final Supplier<double[]> multipliers;
  private double[] counted; // η of the last price sweep
  private RootSupply root; // made when first needed
  private double[] candidate;
  private QpSolver bound; // made when first needed

  /**
   * Before any order.
   *
   * @param parties number of energy systems
   * @param unloadedVoltagePu κV₀, the node's voltage where nothing is injected anywhere
   * @param size by which it counts in means of prices; zero at the root
   * @param multipliers what iterates say of the limits of the node's voltage, length steps
   */
  SweepingEdge(
      EdgeSystem edge,
      Residuals residuals,
      NetworkLimits limits,
      int parties,
      double unloadedVoltagePu,
      double size,
      Supplier<double[]> multipliers) {
    this.edge = edge;
    this.residuals = residuals;
    this.limits = limits;
    this.unloadedVoltagePu = unloadedVoltagePu;
    this.size = size;
    this.multipliers = multipliers;
    sums = new TreeSums(edge, parties);
    sweep = new LineSweep(edge, sums, limits, unloadedVoltagePu);
    priceSweep = new PriceSweep(edge, sums, limits, unloadedVoltagePu);
    counted = new double[edge.program().horizon().steps()];
  }

  @Override
  public Set<MessageType> orders() {
    return Set.of(
        MessageType.SWEEP,
        MessageType.SWEEP_PRICES,
        MessageType.ASK_ROOT_PRICE,
        MessageType.ASK_BOUND,
        MessageType.ADOPT,
        MessageType.ASK_AGREEMENT);
  }

  @Override
  public void obey(Broadcast order, Answers answers) {
    sums.stop();
    if (order instanceof Sweep) {
      sweep.begin(
          edge.solution().clone(), this::serve, point -> takePoint(point, answers), answers);
    } else if (order.type() == MessageType.SWEEP_PRICES) {
      counted = countedMultipliers();
      priceSweep.begin(counted, () -> answers.report(offsetReport()), answers);
    } else if (order instanceof AskRootPrice ask) {
      edge.clock().start();
      double[] report =
          sweep.isRoot()
              ? RootPrice.of(
                  edge.program(),
                  candidate == null ? edge.solution() : candidate,
                  ask.price(),
                  edge.boundingSolvers())
              : new double[ask.price().length];
      edge.clock().lap(Step.CERTIFY);
      answers.report(report);
    } else if (order instanceof AskBound ask) {
      edge.clock().start();
      double[] report = boundOf(ask.price(), ask.atNodes());
      edge.clock().lap(Step.CERTIFY);
      answers.report(report);
    } else if (order.type() == MessageType.ADOPT) {
      if (candidate == null) {
        throw new ProtocolException(AbortCode.UNEXPECTED, "there was no sweep to adopt");
      }
      edge.adopt(candidate);
      candidate = null;
      answers.boundaries();
    } else {
      edge.ends().forEach(LineEnd::requireAgreed);
      answers.report(new double[] {residuals.endsAbove(edge)});
    }
  }

  @Override
  public void hear(LineEnd end, TreeSum sum) {
    sums.hear(end, sum);
  }

  private double[] serve(double[] flows) {
    if (root == null) {
      root = new RootSupply(edge, SiteProgram.of(edge.program(), 1.0));
    }
    return root.meet(flows);
  }

  private void takePoint(double[] point, Answers answers) {
    candidate = point;
    boolean feasible = point != null && sweep.withinLimits(point);
    double cost = point == null ? 0.0 : edge.program().moneyOf(point);
    answers.report(new double[] {cost, feasible ? 0.0 : 1.0});
  }

  /** Of the multipliers, those of limits that the point of the last sweep is near. */
  private double[] countedMultipliers() {
    double[] counted = multipliers.get();
    double[] point = candidate == null ? edge.solution() : candidate;
    for (int t = 0; t < counted.length; t++) {
      double voltage = point[edge.program().nodeVoltage()[t]];
      boolean near =
          counted[t] > 0
              ? voltage > limits.voltageMaxPu() - NEAR
              : voltage < limits.voltageMinPu() + NEAR;
      counted[t] = near ? counted[t] : 0.0;
    }
    return counted;
  }

  /**
   * The offsets of the node above, weighted with this energy system's size, that size, whether a
   * limit of its own voltage counts, and whether it could not tell what it had to.
   */
  private double[] offsetReport() {
    double[] above = priceSweep.offsetsAbove();
    double[] report = Arrays.copyOf(above, above.length + 3);
    for (int t = 0; t < above.length; t++) {
      report[t] *= size;
    }
    report[above.length] = size;
    report[above.length + 1] = Arrays.stream(counted).anyMatch(value -> value != 0) ? 1.0 : 0.0;
    report[above.length + 2] = priceSweep.told() ? 0.0 : 1.0;
    return report;
  }

  /** What the multipliers of the node's own voltage add to the bound. */
  private double worthOfLimits() {
    double worth = 0.0;
    for (double multiplier : counted) {
      double limit = multiplier > 0 ? limits.voltageMaxPu() : limits.voltageMinPu();
      worth += multiplier * (unloadedVoltagePu - limit);
    }
    return worth;
  }

  private double[] boundOf(double[] delta, boolean atNodes) {
    DesProgram program = edge.program();
    if (delta.length != 2 * program.horizon().steps()) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "prices of " + delta.length + " numbers");
    }
    if (bound == null) {
      bound = edge.boundingSolvers().setup(program.program(), BOUND_TOLERANCE);
    }
    double[] linear = program.program().linear().clone();
    double[] offsets = priceSweep.offsets();
    int steps = program.horizon().steps();
    for (int t = 0; t < steps; t++) {
      linear[program.activeInjection()[t]] += delta[t] + (atNodes ? offsets[t] : 0.0);
      linear[program.reactiveInjection()[t]] +=
          delta[steps + t] + (atNodes ? offsets[steps + t] : 0.0);
    }
    bound.updateLinear(linear);
    QpResult result = bound.solve();
    if (result.status() != QpStatus.SOLVED) {
      return PriceBound.none(delta.length);
    }
    double base = program.horizon().basePowerKw();
    double[] injections = new double[delta.length];
    for (int t = 0; t < steps; t++) {
      injections[t] = base * result.x()[program.activeInjection()[t]];
      injections[steps + t] = base * result.x()[program.reactiveInjection()[t]];
    }
    return PriceBound.report(
        base * (result.dualObjective() + (atNodes ? worthOfLimits() : 0.0)), injections);
  }

  @Override
  public void close() {
    if (bound != null) {
      bound.close();
    }
  }
}
