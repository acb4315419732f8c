package io.dualgrid.network.agent;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.LostSiteException;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.operator.AbortedException;
import io.dualgrid.operator.Operator;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunCourse;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunProgress;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.RunStatus;
import io.dualgrid.run.StateKeeper;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import io.dualgrid.runtime.TappedTransport;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.steering.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The operator's part of one run, over as many epochs as it takes. */
final class OperatorCourse {
  private final PublicFeeder feeder;
  private final RunSettings settings;
  private final int checkpointEvery;
  private final RunMemory memory;
  private final SessionServer sessions;
  private final SiteLinks links;
  private final WorkerPool pool;
  private final OperatorFigures figures;
  private final MessageTap tap;
  private final RunProgress progress;
  private final PartyFolder own;
  private final OperatorAgent.Listener listener;
  private final PartySetup setup;
  private double setupSeconds = Double.NaN;
  private int roundTrips; // of iterations
  private boolean givenUp; // a site has, and the others are to know

  /** For the run that the memory is of. */
  OperatorCourse(
      PublicFeeder feeder,
      RunSettings settings,
      int checkpointEvery,
      RunMemory memory,
      SessionServer sessions,
      SiteLinks links,
      WorkerPool pool,
      OperatorFigures figures,
      MessageTap tap,
      RunProgress progress,
      PartyFolder own,
      OperatorAgent.Listener listener) {
    this.feeder = feeder;
    this.settings = settings;
    this.checkpointEvery = checkpointEvery;
    this.memory = memory;
    this.sessions = sessions;
    this.links = links;
    this.pool = pool;
    this.figures = figures;
    this.tap = tap;
    this.progress = progress;
    this.own = own;
    this.listener = listener;
    setup = new PartySetup(settings, RunHooks.NONE);
  }

  /**
   * Runs to an end.
   *
   * @param patience for sites to come, and to come back
   * @throws WireException when the run cannot begin
   */
  OperatorPart run(Duration patience) {
    boolean begun = memory.epoch() > 0;
    while (true) {
      figures.waiting();
      tellOfOwnCertificates();
      if (!links.awaitAll(patience, listener::cancelled)) {
        String absent =
            (listener.cancelled() ? "interrupted" : "after " + patience.toSeconds() + " s")
                + ": these sites have not connected: "
                + links.absent();
        if (!begun) {
          throw new WireException(absent);
        }
        progress.note(absent + "; all have kept their states, and the same commands go on");
        return result(RunStatus.INTERRUPTED);
      }
      try {
        begun = true;
        return epoch(lastCommon());
      } catch (LostSiteException e) {
        progress.note(
            "paused in iteration " + (progress.iterations() + 1) + ", for " + e.getMessage());
        listener.news("paused, for " + e.getMessage());
        sessions.pause("the run is paused, for " + e.getMessage());
      }
    }
  }

  /** The last iteration after which all have kept their state; 0 is the start. */
  private int lastCommon() {
    NavigableSet<Integer> common = new TreeSet<>(memory.kept());
    common.retainAll(links.kept());
    return common.isEmpty() ? 0 : common.last();
  }

  /** Sites that have seen them run out do not come back, and cannot tell it to this side. */
  private void tellOfOwnCertificates() {
    try {
      own.validity().require(Instant.now());
    } catch (PkiException e) {
      listener.news(e.getMessage());
    }
  }

  private OperatorPart epoch(int from) {
    int epoch = memory.epoch() + 1;
    memory.enter(epoch, from);
    LogContext.epoch(epoch);
    figures.epoch();
    if (epoch > 1) {
      listener.news("epoch " + epoch + ": goes on after iteration " + from);
    }
    long begin = System.nanoTime();
    progress.continueFrom(from);
    links.begin(new Opening(epoch, from));
    try (Operator operator =
        new Operator(
            FeederNetwork.of(feeder, settings),
            setup.agreement(memory.run(), epoch),
            new TappedTransport(links.transport(), tap),
            pool,
            links.shares())) {
      RunStatus status = course(operator, from, begin);
      if (status == RunStatus.FAILED || givenUp) {
        operator.abort(AbortCode.LOCAL_FAILURE);
        OperatorPart part = result(status);
        memory.forget();
        return part;
      }
      if (status == RunStatus.INFEASIBLE) {
        operator.abort(AbortCode.INFEASIBLE);
      } else {
        operator.finish();
      }
      links.awaitLeave();
      OperatorPart part = result(status);
      boolean complete = status != RunStatus.INTERRUPTED || !RunCourse.keepsStates(settings);
      if (complete) {
        memory.forget();
      }
      sessions.dismiss(complete);
      return part;
    }
  }

  private RunStatus course(Operator operator, int from, long begin) {
    try {
      operator.start();
      if (from > 0) {
        memory.take(from, operator::state);
      }
      if (Double.isNaN(setupSeconds)) {
        setupSeconds = (System.nanoTime() - begin) * 1e-9;
        listener.started(setupSeconds);
      }
      progress.continueFrom(from);
      int before = sessions.roundTrips();
      try {
        return new RunCourse(settings, operator, new Apart(operator))
            .run(progress, listener, new Keeper());
      } finally {
        roundTrips += sessions.roundTrips() - before;
      }
    } catch (AbortedException | ProtocolException | SecureSumException e) {
      progress.note("setting up: " + e.getMessage());
      return RunStatus.FAILED;
    } catch (LostSiteException e) {
      throw e;
    } catch (RuntimeException e) {
      operator.abort(AbortCode.LOCAL_FAILURE);
      throw e;
    }
  }

  private OperatorPart result(RunStatus status) {
    OperatorPart part =
        new OperatorPart(
            feeder.name(),
            memory.runName(),
            settings,
            status,
            setupSeconds,
            progress.elapsedSeconds(),
            roundTrips,
            progress.lowerBound(),
            progress.statesBound(),
            progress.history(),
            setup.backends(),
            progress.notices());
    listener.result(part);
    return part;
  }

  /** States after every so many iterations, as all parties keep them. */
  private final class Keeper implements StateKeeper {
    @Override
    public boolean due(IterationRecord latest) {
      return latest.iteration() % checkpointEvery == 0;
    }

    @Override
    public void keep(RunState state) {
      memory.keep(state.iterations(), state.values(), state.history(), state.notices());
    }
  }

  /** Sites on machines of their own, of which the operator knows sums. */
  private final class Apart implements RunCourse.Surroundings {
    private final Operator operator;

    Apart(Operator operator) {
      this.operator = operator;
    }

    @Override
    public RuntimeException cause(RuntimeException e) {
      givenUp = e instanceof AbortedException;
      return e;
    }

    @Override
    public IterationRecord record(int iteration, Outcome outcome) {
      long[] nanos = new long[Step.values().length];
      operator.drainTo(nanos);
      double unknown = Double.NaN;
      return new IterationRecord(
          iteration,
          progress.elapsedSeconds(),
          outcome.imbalance(),
          unknown,
          unknown,
          unknown,
          unknown,
          outcome.penalty(),
          outcome.cost(),
          progress.lowerBound(),
          0,
          StepClock.seconds(nanos));
    }

    @Override
    public RunState state() {
      StateArchive.Saving archive = new StateArchive.Saving();
      operator.state(archive);
      return new RunState(progress.history(), progress.notices(), archive.kept());
    }
  }
}
