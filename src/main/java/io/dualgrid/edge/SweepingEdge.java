package io.dualgrid.edge;

import io.dualgrid.consensus.PriceBound;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.RatingPolygon;
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
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.runtime.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One energy system on the way from an iterate to a point on which all agree exactly, and in the
 * bound on how far that is from the optimum.
 *
 * <p>The devices stay as they are. Flows are added up from the leaves to the root, voltages follow
 * from the root to the leaves: the backward and forward sweep of radial load flow (Shirmohammadi et
 * al., "A compensation-based power flow method for weakly meshed distribution and transmission
 * networks", IEEE Trans. Power Systems 3(2), 1988), one boundary message a line each way: who has
 * heard from all lines below sends upwards, who has heard from above sends downwards. The root then
 * meets its lines' flows at least cost, with its own devices only. The point counts when the root
 * can and all voltages and flows lie within their limits.
 *
 * <p>The bound is the dual function at uniform prices δ of active and reactive injections: each
 * energy system minimises its cost plus δ·injection over its own constraints, without any penalty,
 * and the sum is a lower bound on the optimum for every δ, because the injections of the whole
 * feeder add up to zero.
 */
final class SweepingEdge implements OrderHandler {
  /** Voltages may exceed their limits by what a solver's tolerance would let pass. */
  private static final double VOLTAGE_TOLERANCE = 1e-6;

  /** The same for flows, of the rating or of the base. */
  private static final double RATING_TOLERANCE = 1e-6;

  private static final double BOUND_TOLERANCE = 1e-8;

  private final EdgeSystem edge;
  private final Residuals residuals;
  private final NetworkLimits limits;
  private final LineEnd up; // null at the root
  private final List<LineEnd> down;
  private double[] candidate;
  private int missing; // lines below that have not been heard of in this sweep
  private boolean sweeping;
  private QpSolver bound; // made when first needed

  SweepingEdge(EdgeSystem edge, Residuals residuals, NetworkLimits limits) {
    this.edge = edge;
    this.residuals = residuals;
    this.limits = limits;
    up = edge.ends().stream().filter(end -> end.port.downstream()).findFirst().orElse(null);
    down = edge.ends().stream().filter(end -> !end.port.downstream()).toList();
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
      candidate = edge.solution().clone();
      missing = down.size();
      if (missing == 0) {
        heardFromBelow(answers);
      }
    } else if (order instanceof AskRootPrice ask) {
      edge.clock().start();
      double[] report =
          up == null && candidate != null
              ? RootPrice.of(edge.program(), candidate, ask.price())
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
    if (!sweeping) {
      end.open(consensus, end.z);
      return;
    }
    // the consensus of the iterate stays what it is
    double[] z = new double[end.z.length];
    double[] other = new double[end.z.length];
    end.open(consensus, z);
    end.readOther(z, other);
    edge.clock().lap(Step.DECRYPT);
    if (end == up) {
      followVoltage(other);
      finish(true, answers);
    } else {
      takeFlows(end, other);
      missing--;
      if (missing == 0) {
        heardFromBelow(answers);
      }
    }
  }

  private void heardFromBelow(Answers answers) {
    if (up == null) {
      finish(serveRoot(), answers);
    } else {
      addUpFlows();
      send(up, answers);
    }
  }

  /** Sends flows and voltage of the lines below, and reports the cost of the point. */
  private void finish(boolean served, Answers answers) {
    for (LineEnd end : down) {
      send(end, answers);
    }
    boolean feasible = served && voltageWithinLimits() && flowWithinRating();
    answers.report(new double[] {edge.program().costOf(candidate), feasible ? 0 : 1});
  }

  private void send(LineEnd end, Answers answers) {
    double[] values = new double[end.x.length];
    end.port.read(candidate, values);
    answers.boundary(end, values);
  }

  /** Sets the flow of the line above to what the node and its child lines draw. */
  private void addUpFlows() {
    DesProgram program = edge.program();
    for (int t = 0; t < program.horizon().steps(); t++) {
      double active = -candidate[program.activeInjection()[t]];
      double reactive = -candidate[program.reactiveInjection()[t]];
      for (LineEnd end : down) {
        active += candidate[end.port.active()[t]];
        reactive += candidate[end.port.reactive()[t]];
      }
      candidate[up.port.active()[t]] = active;
      candidate[up.port.reactive()[t]] = reactive;
    }
  }

  /** Takes the flow of a line below as its lower end sent it. */
  private void takeFlows(LineEnd end, double[] other) {
    int steps = edge.program().horizon().steps();
    for (int t = 0; t < steps; t++) {
      candidate[end.port.active()[t]] = other[t];
      candidate[end.port.reactive()[t]] = other[steps + t];
    }
  }

  /** Takes the voltage of the node above and computes the own one. */
  private void followVoltage(double[] other) {
    int steps = edge.program().horizon().steps();
    Port port = up.port;
    double resistance = port.line().resistanceOhm() / limits.baseImpedanceOhm();
    double reactance = port.line().reactanceOhm() / limits.baseImpedanceOhm();
    for (int t = 0; t < steps; t++) {
      candidate[port.voltage()[t]] = other[2 * steps + t];
      candidate[edge.program().nodeVoltage()[t]] =
          other[2 * steps + t] / port.line().ratio()
              - resistance * candidate[port.active()[t]]
              - reactance * candidate[port.reactive()[t]];
    }
  }

  /** Solves the root's own program with the flows of its lines fixed. */
  private boolean serveRoot() {
    edge.clock().start();
    QuadraticProgram own = edge.program().program();
    int n = own.variableCount();
    List<Integer> fixed = new ArrayList<>();
    for (LineEnd end : edge.ends()) {
      for (int variable : end.port.active()) {
        fixed.add(variable);
      }
      for (int variable : end.port.reactive()) {
        fixed.add(variable);
      }
    }
    int m = own.rowCount();
    SparseMatrix.Builder rows = SparseMatrix.builder(m + fixed.size(), n);
    SparseMatrix a = own.constraints();
    for (int j = 0; j < n; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        rows.add(a.rowIndices()[k], j, a.values()[k]);
      }
    }
    double[] lower = Arrays.copyOf(own.lower(), m + fixed.size());
    double[] upper = Arrays.copyOf(own.upper(), m + fixed.size());
    for (int k = 0; k < fixed.size(); k++) {
      rows.add(m + k, fixed.get(k), 1.0);
      lower[m + k] = candidate[fixed.get(k)];
      upper[m + k] = lower[m + k];
    }
    QuadraticProgram program =
        new QuadraticProgram(own.name(), own.quadratic(), own.linear(), rows.build(), lower, upper);
    try (QpSolver solver = QpBackends.bounding(program, BOUND_TOLERANCE)) {
      QpResult result = solver.solve();
      edge.clock().lap(Step.CERTIFY);
      if (result.status() != QpStatus.SOLVED) {
        return false;
      }
      candidate = result.x().clone();
      return true;
    }
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
    double currency = program.horizon().basePowerKw();
    double[] injections = new double[delta.length];
    for (int t = 0; t < steps; t++) {
      injections[t] = currency * result.x()[program.activeInjection()[t]];
      injections[steps + t] = currency * result.x()[program.reactiveInjection()[t]];
    }
    return PriceBound.report(currency * result.dualObjective(), injections);
  }

  private boolean flowWithinRating() {
    if (up == null || !up.port.line().isRated()) {
      return true;
    }
    double rating = edge.program().horizon().perUnit(up.port.line().ratingKva());
    double limit = RatingPolygon.limit(rating) + RATING_TOLERANCE * (1 + rating);
    for (int t = 0; t < up.port.active().length; t++) {
      double active = candidate[up.port.active()[t]];
      double reactive = candidate[up.port.reactive()[t]];
      if (RatingPolygon.largestRow(active, reactive) > limit) {
        return false;
      }
    }
    return true;
  }

  private boolean voltageWithinLimits() {
    if (up == null) {
      return true;
    }
    for (int variable : edge.program().nodeVoltage()) {
      double voltage = candidate[variable];
      if (voltage < limits.voltageMinPu() - VOLTAGE_TOLERANCE
          || voltage > limits.voltageMaxPu() + VOLTAGE_TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (bound != null) {
      bound.close();
    }
  }
}
