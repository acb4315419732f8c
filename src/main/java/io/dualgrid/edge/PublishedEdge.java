package io.dualgrid.edge;

import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.SummedMaximum;
import io.dualgrid.protocol.AskResiduals;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.SolveAll;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.Step;
import java.util.Arrays;
import java.util.Set;

/**
 * One energy system in the published consensus, which the operator's {@code PublishedCoordinator}
 * explains: multipliers move before each solve by λ += ρ(x − z)/(2(1 − w)), w the weight of the own
 * copy.
 */
final class PublishedEdge implements OrderHandler {
  private final EdgeSystem edge;
  private final Residuals residuals;
  private final double[][] linear;
  private final double[][] weights;
  private double objective;
  private boolean first = true;

  /**
   * Sets the multipliers of P to the price, as published.
   *
   * @param priceOfStep buy price of the root times the step length, in the unit of money, length
   *     steps
   */
  PublishedEdge(EdgeSystem edge, Residuals residuals, double[] priceOfStep) {
    this.edge = edge;
    this.residuals = residuals;
    int count = edge.ends().size();
    linear = new double[count][];
    weights = new double[count][];
    for (int e = 0; e < count; e++) {
      LineEnd end = edge.ends().get(e);
      linear[e] = new double[end.x.length];
      weights[e] = new double[end.x.length];
      for (int t = 0; t < priceOfStep.length; t++) {
        end.lambda[t] = end.port.downstream() ? priceOfStep[t] : -priceOfStep[t];
      }
    }
  }

  @Override
  public Set<MessageType> orders() {
    return Set.of(MessageType.SOLVE_ALL, MessageType.ASK_RESIDUALS);
  }

  @Override
  public void obey(Broadcast order, Answers answers) {
    if (order instanceof SolveAll solve) {
      prepare(solve.flowPenalty(), solve.voltagePenalty());
      answers.boundaries();
    } else {
      report((AskResiduals) order, answers);
    }
  }

  private void report(AskResiduals ask, Answers answers) {
    edge.ends().forEach(LineEnd::requireAgreed);
    edge.clock().start();
    double primal = residuals.primal(edge);
    double dual = residuals.dual(edge);
    double[] report = {
      SummedMaximum.share(primal, ask.primalScale()),
      SummedMaximum.share(dual, ask.dualScale()),
      primal < Stopping.TOLERANCE && dual < Stopping.TOLERANCE ? 0 : 1,
      objective
    };
    edge.clock().lap(Step.UPDATE);
    answers.report(report);
  }

  @Override
  public void state(StateArchive archive) {
    edge.state(archive);
    for (LineEnd end : edge.ends()) {
      archive.within(
          "line" + end.line,
          () -> {
            archive.array("z", end.z);
            archive.array("lambda", end.lambda);
          });
    }
    first = archive.flag("first", first);
  }

  /** Moves the multipliers, solves, and evaluates the objective with its penalties. */
  private void prepare(double rho, double rhoVoltage) {
    edge.clock().start();
    for (int e = 0; e < linear.length; e++) {
      LineEnd end = edge.ends().get(e);
      int voltage = 2 * end.x.length / 3;
      Arrays.fill(weights[e], 0, voltage, rho);
      Arrays.fill(weights[e], voltage, end.x.length, rhoVoltage);
      double step = first ? 0.0 : 1.0 / (2.0 * (1.0 - end.weight));
      for (int i = 0; i < end.x.length; i++) {
        double weight = weights[e][i];
        end.lambda[i] += step * weight * (end.x[i] - end.z[i]);
        linear[e][i] = end.lambda[i] - weight * end.z[i];
      }
    }
    first = false;
    edge.clock().lap(Step.UPDATE);
    edge.usePenalty(weights, 0.0, 0.0);
    edge.solve(linear, null);
    double penaltyTerms = 0.0;
    for (int e = 0; e < linear.length; e++) {
      LineEnd end = edge.ends().get(e);
      for (int i = 0; i < end.x.length; i++) {
        double difference = end.x[i] - end.z[i];
        penaltyTerms += (end.lambda[i] + 0.5 * weights[e][i] * difference) * difference;
      }
    }
    objective = edge.money() + penaltyTerms * edge.program().horizon().basePowerKw();
  }
}
