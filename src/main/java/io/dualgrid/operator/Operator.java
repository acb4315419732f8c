package io.dualgrid.operator;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.LineWeights;
import io.dualgrid.consensus.PriceBundle;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.feeder.Line;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Finish;
import io.dualgrid.protocol.LineSetup;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.Transport;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.steering.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The grid operator as a party. It enrols the edges, relays their keys, and runs the phases of an
 * algorithm, of which it learns sums and nothing else.
 */
public final class Operator implements AutoCloseable {
  private final Network network;
  private final boolean encrypted;
  private final boolean exposedSumsAllowed;
  private final CopySum copies;
  private final Rounds rounds;
  private final Coordinator coordinator;
  private int iteration;

  /**
   * What all parties have agreed on for a run.
   *
   * @param algorithm how the consensus is reached
   * @param stopping when it is
   * @param gapTolerance certified relative gap below which the run has converged
   * @param sensitivities who learns what of how injections answer prices
   * @param start the day before, at whose prices newton begins; mostly none
   * @param evaluators make what adds ciphertexts, without any key; null where messages are in the
   *     clear
   * @param parameters of the encryption
   * @param exposedSumsAllowed whether sums may lack company
   * @param bundles make what finds prices of certificates
   * @param run name of the run
   * @param epoch of the keys
   */
  public record Agreement(
      Algorithm algorithm,
      Stopping stopping,
      double gapTolerance,
      Sensitivities sensitivities,
      Optional<NewtonStart> start,
      Supplier<Evaluator> evaluators,
      CkksParameters parameters,
      boolean exposedSumsAllowed,
      Supplier<PriceBundle> bundles,
      RunId run,
      int epoch) {
    boolean encrypted() {
      return evaluators != null;
    }

    CopySum copies() {
      return encrypted() ? new CkksSum(evaluators, parameters) : CopySum.PLAIN;
    }
  }

  /** Over a transport that the edges are connected to, or will be before {@link #start}. */
  public Operator(Network network, Agreement agreed, Transport transport, WorkerPool pool) {
    this(network, agreed, transport, pool, List.of());
  }

  /**
   * Over a transport that relays are connected to.
   *
   * @param shares for each relay the numbers of the edges behind it, each behind one; empty where
   *     the edges themselves are connected
   */
  public Operator(
      Network network,
      Agreement agreed,
      Transport transport,
      WorkerPool pool,
      List<BitSet> shares) {
    this.network = network;
    encrypted = agreed.encrypted();
    exposedSumsAllowed = agreed.exposedSumsAllowed();
    copies = agreed.copies();
    int count = network.nodes().size();
    ReportSum reports = encrypted ? ReportSum.masked(count) : ReportSum.PLAIN;
    BranchSums sums = new BranchSums(network, copies, reports, pool);
    RunId run = agreed.run();
    int epoch = agreed.epoch();
    Branch branch =
        shares.isEmpty()
            ? new DirectBranch(network, network.edges(), transport, sums, pool, run, epoch)
            : new RelayedBranch(network, shares, transport, sums, run, epoch);
    rounds = new Rounds(network, branch, reports);
    coordinator =
        switch (agreed.algorithm()) {
          case PUBLISHED -> doubting(new PublishedCoordinator(network, rounds), agreed);
          case ACCELERATED ->
              doubting(
                  new AcceleratedCoordinator(
                      network,
                      rounds,
                      agreed.stopping() == Stopping.STRICT,
                      agreed.gapTolerance(),
                      agreed.bundles()),
                  agreed);
          case NEWTON -> newton(agreed);
        };
  }

  private Coordinator doubting(Coordinator course, Agreement agreed) {
    return new DoubtingCoordinator(course, network, rounds, agreed.gapTolerance());
  }

  private Coordinator newton(Agreement agreed) {
    Sensitivities learnt = agreed.sensitivities();
    return learnt == Sensitivities.ROOT
        ? new RelayedCoordinator(network, rounds)
        : new NewtonCoordinator(
            network,
            rounds,
            new NewtonSettings(agreed.gapTolerance(), learnt == Sensitivities.FULL),
            agreed.start(),
            encrypted);
  }

  /** Enrols all edges, relays their keys, and sets the algorithm up. */
  public void start() {
    welcomeAll();
    boolean hub =
        encrypted
            ? new KeyRelay(network, rounds).run().allowsHub(exposedSumsAllowed)
            : !network.halves().exposeOne();
    rounds.begin(0);
    coordinator.start(hub);
  }

  private void welcomeAll() {
    LineWeights weights = network.weights();
    List<List<Integer>> ends = network.endsByEdge();
    for (int edge = 0; edge < ends.size(); edge++) {
      List<LineSetup> lines = new ArrayList<>();
      for (int end : ends.get(edge)) {
        Line line = network.lines().get(end / 2);
        double upstream = Network.UPSTREAM_WEIGHT;
        lines.add(
            new LineSetup(
                end / 2,
                line.from(),
                line.to(),
                end % 2 == 1 ? 1 - upstream : upstream,
                weights.flow(line),
                weights.voltage(line)));
      }
      boolean root = network.nodes().get(edge) == network.tree().root();
      rounds.introduce(edge, new Welcome(edge, ends.size(), root, network.evenDepth(edge), lines));
    }
  }

  /** Runs one iteration; what it has learnt, in currency. */
  public Outcome iterate() {
    iteration++;
    rounds.begin(iteration);
    return coordinator.iterate(iteration).in(network.moneyUnit());
  }

  /** Keeps or takes up the operator's own state, between two iterations. */
  public void state(StateArchive archive) {
    iteration = archive.count("iteration", iteration);
    coordinator.state(archive);
  }

  /** Where newton may begin on another day; nothing of other algorithms. */
  public Optional<NewtonStart> keptStart() {
    return coordinator.keptStart();
  }

  /** Tells all edges that the run is over. */
  public void finish() {
    rounds.tell(new Finish());
  }

  /** Tells all edges that the run is given up, and why. */
  public void abort(AbortCode code) {
    rounds.abort(code);
  }

  /** Adds the operator's own time by step and starts again from zero. */
  public void drainTo(long[] sum) {
    rounds.drainTo(sum);
  }

  /** Frees what the sums have used. */
  @Override
  public void close() {
    copies.close();
  }
}
