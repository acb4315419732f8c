package io.dualgrid.parties;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The published consensus ADMM: all energy systems solve at once, then all agree on z.
 *
 * <p>Multipliers move before each solve by λ += ρ(x − z)/(2(1 − w)), w the weight of the own copy.
 * The penalties of the schedule are per kW², the programs are per unit of the base power with the
 * objective divided by it; so a penalty per kW² is multiplied by the base power, and one per p.u.²
 * divided by it.
 *
 * <p>The published schedule compares the largest residuals. Here it compares their {@link
 * SummedMaximum}, which comes from sums, in every privacy mode: so a run takes the same course
 * whether its messages are encrypted or not.
 */
final class PublishedCoordinator implements Coordinator {
  private final List<EdgeSystem> edges;
  private final Exchange exchange;
  private final ScalarSums sums;
  private final Residuals residuals;
  private final double basePowerKw;
  private final PublishedPenalty penalty = new PublishedPenalty();
  private final List<Workspace> workspaces;
  private final List<List<BoundaryMessage>> outbox;
  private final SummedMaximum largestPrimal = new SummedMaximum();
  private final SummedMaximum largestDual = new SummedMaximum();
  private double primalBefore;

  /**
   * Sets the multipliers of P to the price, as published.
   *
   * @param priceOfStep buy price of the root times the step length, length steps
   */
  PublishedCoordinator(
      List<EdgeSystem> edges,
      Exchange exchange,
      ScalarSums sums,
      Residuals residuals,
      double[] priceOfStep,
      double basePowerKw) {
    this.edges = edges;
    this.exchange = exchange;
    this.sums = sums;
    this.residuals = residuals;
    this.basePowerKw = basePowerKw;
    workspaces = edges.stream().map(edge -> new Workspace(edge, priceOfStep)).toList();
    outbox = new ArrayList<>(Collections.nCopies(edges.size(), List.of()));
  }

  @Override
  public Outcome iterate() {
    double rhoUsed = penalty.rho();
    double rho = rhoUsed * basePowerKw;
    double rhoVoltage = penalty.rhoVoltage() / basePowerKw;
    List<Integer> all = IntStream.range(0, edges.size()).boxed().toList();
    exchange
        .pool()
        .forEach(
            all,
            i -> {
              workspaces.get(i).prepare(rho, rhoVoltage);
              outbox.set(i, edges.get(i).send());
            });
    exchange.deliver(outbox);
    exchange.fetch(edges);

    long begin = System.nanoTime();
    List<double[]> reports = new ArrayList<>(edges.size());
    for (int i = 0; i < edges.size(); i++) {
      double primal = residuals.primal(edges.get(i));
      double dual = residuals.dual(edges.get(i));
      reports.add(
          new double[] {
            largestPrimal.share(primal),
            largestDual.share(dual),
            primal < Residuals.TOLERANCE && dual < Residuals.TOLERANCE ? 0 : 1,
            workspaces.get(i).objective
          });
    }
    exchange.book(Step.UPDATE, System.nanoTime() - begin);
    begin = System.nanoTime();
    double[] sum = sums.sum(reports);
    exchange.book(Step.SECURE_SUM, System.nanoTime() - begin);

    double primal = largestPrimal.read(sum[0]);
    double dual = largestDual.read(sum[1]);
    // the demo looks at the mismatch before its solve and at the change after it
    penalty.observe(primalBefore, dual, sum[3]);
    primalBefore = primal;
    return new Outcome(Math.round(sum[2]) == 0, rhoUsed, Double.NaN);
  }

  @Override
  public void state(StateArchive archive) {
    workspaces.forEach(workspace -> workspace.state(archive));
    archive.within("penalty", () -> penalty.state(archive));
    archive.within("primal", () -> largestPrimal.state(archive));
    archive.within("dual", () -> largestDual.state(archive));
    primalBefore = archive.number("primalBefore", primalBefore);
  }

  /** The arrays of one energy system that live through the run. */
  private final class Workspace {
    private final EdgeSystem edge;
    private final double[][] linear;
    private final double[][] weights;
    private double objective;
    private boolean first = true;

    Workspace(EdgeSystem edge, double[] priceOfStep) {
      this.edge = edge;
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

    void state(StateArchive archive) {
      archive.within(
          "node" + edge.nodeId(),
          () -> {
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
          });
    }

    /** Moves the multipliers, solves, and evaluates the objective with its penalties. */
    void prepare(double rho, double rhoVoltage) {
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
      objective = edge.cost() + penaltyTerms * basePowerKw;
    }
  }
}
