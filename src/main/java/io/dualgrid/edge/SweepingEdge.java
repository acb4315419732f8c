package io.dualgrid.edge;

import io.dualgrid.consensus.PriceBound;
import io.dualgrid.device.DesProgram;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.AskBound;
import io.dualgrid.protocol.AskRootPrice;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.Sweep;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.runtime.Step;
import io.dualgrid.site.SiteProgram;
import java.util.Set;

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
 * feeder add up to zero.
 */
final class SweepingEdge implements OrderHandler {
  private static final double BOUND_TOLERANCE = 1e-8;

  private final EdgeSystem edge;
  private final Residuals residuals;
  private final LineSweep sweep;
  private RootSupply root; // made when first needed
  private double[] candidate;
  private boolean sweeping;
  private QpSolver bound; // made when first needed

  SweepingEdge(EdgeSystem edge, Residuals residuals, NetworkLimits limits) {
    this.edge = edge;
    this.residuals = residuals;
    sweep = new LineSweep(edge, limits);
  }

  @Override
  public Set<MessageType> orders() {
    return Set.of(
        MessageType.SWEEP,
        MessageType.ASK_ROOT_PRICE,
        MessageType.ASK_BOUND,
        MessageType.ADOPT,
        MessageType.ASK_AGREEMENT);
  }

  @Override
  public void obey(Broadcast order, Answers answers) {
    boolean begins = order instanceof Sweep;
    sweeping = begins;
    if (begins) {
      sweep.begin(
          edge.solution().clone(), this::serve, point -> takePoint(point, answers), answers);
    } else if (order instanceof AskRootPrice ask) {
      edge.clock().start();
      double[] report =
          sweep.isRoot()
              ? RootPrice.of(
                  edge.program(), candidate == null ? edge.solution() : candidate, ask.price())
              : new double[ask.price().length];
      edge.clock().lap(Step.CERTIFY);
      answers.report(report);
    } else if (order instanceof AskBound ask) {
      edge.clock().start();
      double[] report = boundOf(ask.price());
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
  public void hear(LineEnd end, Consensus consensus, Answers answers) {
    if (sweeping) {
      sweep.hear(end, consensus, answers);
    } else {
      end.open(consensus, end.z);
    }
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

  private double[] boundOf(double[] delta) {
    DesProgram program = edge.program();
    if (delta.length != 2 * program.horizon().steps()) {
      throw new ProtocolException(AbortCode.UNEXPECTED, "prices of " + delta.length + " numbers");
    }
    if (bound == null) {
      bound = QpBackends.bounding(program.program(), BOUND_TOLERANCE);
    }
    double[] linear = program.program().linear().clone();
    int steps = program.horizon().steps();
    for (int t = 0; t < steps; t++) {
      linear[program.activeInjection()[t]] += delta[t];
      linear[program.reactiveInjection()[t]] += delta[steps + t];
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
    return PriceBound.report(base * result.dualObjective(), injections);
  }

  @Override
  public void close() {
    if (bound != null) {
      bound.close();
    }
  }
}
