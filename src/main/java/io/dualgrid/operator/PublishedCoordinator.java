package io.dualgrid.operator;

import io.dualgrid.consensus.PublishedPenalty;
import io.dualgrid.consensus.SummedMaximum;
import io.dualgrid.protocol.AskResiduals;
import io.dualgrid.protocol.SolveAll;
import io.dualgrid.protocol.Start;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.steering.Outcome;
import java.util.BitSet;

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
  /**
   * Part of the mismatch that changes fall below where copies cannot agree; else rarely a third.
   */
  private static final double STILL = 0.05;

  /** Iterations on end, so that a chance minimum of an oscillation is not taken for it. */
  private static final int PATIENCE = 3;

  private final Network network;
  private final Rounds rounds;
  private final BitSet all;
  private final PublishedPenalty penalty = new PublishedPenalty();
  private final SummedMaximum largestPrimal = new SummedMaximum();
  private final SummedMaximum largestDual = new SummedMaximum();
  private double primalBefore;
  private int still; // iterations on end in which mismatches stayed and nothing moved

  PublishedCoordinator(Network network, Rounds rounds) {
    this.network = network;
    this.rounds = rounds;
    all = network.ends(edge -> true);
  }

  @Override
  public void start(boolean hub) {
    rounds.tell(new Start(0.0, false, network.priceOfStep()));
  }

  @Override
  public Outcome iterate(int iteration) {
    double rho = penalty.rho();
    double base = network.limits().basePowerKw();
    rounds.exchange(new SolveAll(rho * base, penalty.rhoVoltage() / base), all, all);
    double[] sum = rounds.sum(new AskResiduals(largestPrimal.scale(), largestDual.scale()));
    double primal = largestPrimal.read(sum[0]);
    double dual = largestDual.read(sum[1]);
    // the demo looks at the mismatch before its solve and at the change after it
    penalty.observe(primalBefore, dual, sum[3]);
    primalBefore = primal;
    still = dual < STILL * primal ? still + 1 : 0;
    return new Outcome(Math.round(sum[2]) == 0, rho, Double.NaN);
  }

  /**
   * Where no dispatch meets the limits, changes of iterates go to zero and mismatches do not
   * (Banjac et al., "Infeasibility detection in the alternating direction method of multipliers for
   * convex optimization", J. Optim. Theory Appl. 183, 2019).
   */
  @Override
  public boolean doubts() {
    return still >= PATIENCE;
  }

  @Override
  public void state(StateArchive archive) {
    archive.within("penalty", () -> penalty.state(archive));
    archive.within("primal", () -> largestPrimal.state(archive));
    archive.within("dual", () -> largestDual.state(archive));
    primalBefore = archive.number("primalBefore", primalBefore);
  }
}
