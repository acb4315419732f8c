package io.dualgrid.network.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dualgrid.consensus.InfeasibleException;
import io.dualgrid.device.Horizon;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.operator.AbortedException;
import io.dualgrid.operator.Network;
import io.dualgrid.operator.Operator;
import io.dualgrid.problem.JsonFault;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.steering.Outcome;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** The grid operator as a process: waits for all sites, runs their agreement, and ends. */
public final class OperatorAgent {
  /** A run has one epoch: who loses a key begins a new run. */
  private static final int EPOCH = 1;

  private final PublicFeeder feeder;
  private final RunSettings settings;
  private final Credentials own;
  private final AllowList allowed;

  /** For a feeder. */
  public OperatorAgent(
      PublicFeeder feeder, RunSettings settings, Credentials own, AllowList allowed) {
    this.feeder = feeder;
    this.settings = settings;
    this.own = own;
    this.allowed = allowed;
  }

  /**
   * Runs once.
   *
   * @param listen where sites connect
   * @param patience how long to wait for all of them
   * @param deadline how long a phase may take
   * @param listening told the port
   * @param observer told each iteration
   * @return what the operator knows in the end, whatever the status
   * @throws WireException when the run cannot begin
   */
  public OperatorPart run(
      Endpoint listen,
      Duration patience,
      Duration deadline,
      IntConsumer listening,
      RunObserver observer) {
    Horizon horizon = feeder.horizon(settings.steps(), settings.sampling());
    RunId run = RunId.draw(new SecureRandom());
    List<Integer> nodes = feeder.ids();
    List<String> names = nodes.stream().map(node -> Names.site(feeder.name(), node)).toList();
    Network network =
        new Network(
            feeder.tree(),
            feeder.limits(),
            nodes,
            feeder.lines(),
            horizon.stepHours(),
            horizon.moneyUnit(),
            horizon.priceOfStep(feeder.tariff()));
    PartySetup setup = new PartySetup(settings, RunHooks.NONE);
    try (SessionServer sessions =
            new SessionServer(
                listen,
                own,
                allowed,
                names,
                deadline,
                (edge, hello) -> answer(edge, nodes.get(edge), hello, run));
        WorkerPool pool = new WorkerPool(settings.threads())) {
      listening.accept(sessions.port());
      sessions.awaitAll(patience);
      try (Operator operator = new Operator(network, setup.agreement(run, EPOCH), sessions, pool)) {
        return new Course(operator, run, setup, observer).run();
      }
    }
  }

  private byte[] answer(int edge, int node, byte[] bytes, RunId run) {
    Hello hello;
    try {
      hello = Json.read(bytes, Hello.class);
    } catch (JsonProcessingException e) {
      throw new WireException("a hello that cannot be read: " + JsonFault.reason(e), e);
    } catch (IOException e) {
      throw new WireException("a hello that cannot be read", e);
    }
    if (hello.version() != Envelope.VERSION) {
      throw new WireException(
          "the operator speaks version "
              + Envelope.VERSION
              + " of the protocol, not "
              + hello.version()
              + ": take the same release of dualgrid");
    }
    if (!feeder.name().equals(hello.feeder()) || hello.node() != node) {
      throw new WireException("the certificate is of node " + node + " of " + feeder.name());
    }
    return Json.bytes(
        new Terms(Envelope.VERSION, run.high(), run.low(), EPOCH, edge, settings, feeder.limits()));
  }

  /** One run, from the keys to its end. */
  private final class Course {
    private final Operator operator;
    private final RunId run;
    private final PartySetup setup;
    private final RunObserver observer;
    private final List<IterationRecord> history = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final long begin = System.nanoTime();
    private double setupSeconds = Double.NaN;
    private long first;
    private double lowerBound = Double.NaN;
    private String proof = "";
    private double statesBound = Double.NaN;

    Course(Operator operator, RunId run, PartySetup setup, RunObserver observer) {
      this.operator = operator;
      this.run = run;
      this.setup = setup;
      this.observer = observer;
    }

    OperatorPart run() {
      RunStatus status;
      first = begin;
      try {
        operator.start();
        first = System.nanoTime();
        setupSeconds = (first - begin) * 1e-9;
        observer.started(setupSeconds);
        status = iterate();
        if (!proof.isEmpty()) {
          throw new InfeasibleException(proof); // found, and not explained to the end
        }
        operator.finish();
      } catch (WireException
          | AbortedException
          | ProtocolException
          | SecureSumException
          | InfeasibleException e) {
        if (e instanceof InfeasibleException infeasible) {
          notices.addAll(infeasible.notices());
          status = RunStatus.INFEASIBLE;
        } else {
          notices.add("iteration " + (history.size() + 1) + ": " + e.getMessage());
          status = RunStatus.FAILED;
        }
        operator.abort(AbortCode.LOCAL_FAILURE);
      }
      return new OperatorPart(
          feeder.name(),
          run.toString(),
          settings,
          status,
          setupSeconds,
          elapsed(),
          lowerBound,
          statesBound,
          history,
          setup.backends(),
          notices);
    }

    private RunStatus iterate() {
      for (int k = 1; k <= settings.maxIterations(); k++) {
        Outcome outcome = operator.iterate();
        proof = outcome.infeasible();
        if (outcome.lowerBound() > lowerBound || Double.isNaN(lowerBound)) {
          lowerBound = outcome.lowerBound();
        }
        statesBound = outcome.statesBound();
        IterationRecord record = record(k, outcome);
        history.add(record);
        observer.iteration(record);
        if (outcome.converged()) {
          return RunStatus.CONVERGED;
        }
        if (!outcome.stalled().isEmpty()) {
          notices.add("stalled: " + outcome.stalled());
          return RunStatus.NOT_CONVERGED;
        }
        if (observer.cancelled()) {
          return RunStatus.INTERRUPTED;
        }
      }
      return RunStatus.NOT_CONVERGED;
    }

    private double elapsed() {
      return (System.nanoTime() - first) * 1e-9;
    }

    private IterationRecord record(int iteration, Outcome outcome) {
      long[] nanos = new long[Step.values().length];
      operator.drainTo(nanos);
      double unknown = Double.NaN;
      return new IterationRecord(
          iteration,
          elapsed(),
          outcome.imbalance(),
          unknown,
          unknown,
          unknown,
          unknown,
          outcome.penalty(),
          outcome.cost(),
          lowerBound,
          0,
          StepClock.seconds(nanos));
    }
  }
}
