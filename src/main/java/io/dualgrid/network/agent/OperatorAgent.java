package io.dualgrid.network.agent;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.recording.Recorder;
import io.dualgrid.recording.RecordingHeader;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunProgress;
import io.dualgrid.run.RunSettings;
import io.dualgrid.runtime.WorkerPool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grid operator as a process: waits for all sites and runs their agreement to its end. When a
 * site is lost it pauses, and goes on when all are there again, under a new epoch with new keys,
 * from the last states that all parties have kept.
 */
public final class OperatorAgent {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorAgent.class);

  private final PublicFeeder feeder;
  private final RunSettings settings;
  private final int checkpointEvery;
  private final List<String> relays;
  private final PartyFolder own;
  private final Supplier<AllowList> allowed;
  private final RunMemory memory;
  private final Onlookers onlookers;

  /**
   * For a feeder.
   *
   * @param checkpointEvery iterations between two states that all parties keep
   * @param relays names of the relays that the sites connect to; empty where they connect here
   * @param own keys and certificates, read again at every connection
   * @param allowed who is let in, as it stands when asked
   * @param memory what the operator keeps of runs
   * @param onlookers who takes down what it receives and sends, and counts it
   */
  public OperatorAgent(
      PublicFeeder feeder,
      RunSettings settings,
      int checkpointEvery,
      List<String> relays,
      PartyFolder own,
      Supplier<AllowList> allowed,
      RunMemory memory,
      Onlookers onlookers) {
    this.feeder = feeder;
    this.settings = settings;
    this.checkpointEvery = checkpointEvery;
    this.relays = List.copyOf(relays);
    this.own = own;
    this.allowed = allowed;
    this.memory = memory;
    this.onlookers = onlookers;
  }

  /**
   * How long to wait.
   *
   * @param patience for sites to come, and to come back
   * @param deadline how long a phase may take
   */
  public record Waits(Duration patience, Duration deadline) {}

  /** Who is told what, on the thread that runs. */
  public interface Listener extends RunObserver {
    /** A site keeps the others waiting, was lost, or a paused run goes on; in words. */
    default void news(String what) {}

    /** The result, before sites are told that it is not needed from them any more. */
    default void result(OperatorPart part) {}
  }

  /**
   * Runs once, or goes on with a run that an earlier process has begun.
   *
   * @param listen where sites connect
   * @param listening told the port
   * @return what the operator knows in the end, whatever the status
   * @throws WireException when the run cannot begin
   */
  public OperatorPart run(Endpoint listen, Waits waits, IntConsumer listening, Listener listener) {
    LogContext.party(own.credentials().name());
    OperatorFigures figures = new OperatorFigures(onlookers.metrics());
    return runWatched(listen, waits, listening, new WatchedRun(listener, figures), figures);
  }

  private OperatorPart runWatched(
      Endpoint listen,
      Waits waits,
      IntConsumer listening,
      Listener listener,
      OperatorFigures figures) {
    RunProgress progress = new RunProgress();
    if (memory.isOfARun()) {
      if (!memory.settings().equals(settings)) {
        throw new WireException(
            "a run with other settings is under way here; go on with those, or begin anew with"
                + " --fresh");
      }
      progress.restore(memory.history(), memory.notices());
    } else {
      memory.begin(RunId.draw(new SecureRandom()), settings);
    }
    LogContext.run(memory.runName());
    Door door = relays.isEmpty() ? doorOfSites() : doorOfRelays(listener);
    try (SessionServer sessions =
            new SessionServer(
                listen,
                Watched.credentials(own),
                allowed,
                door.seats(),
                waits.deadline(),
                door.keeper(),
                slow -> listener.news("waiting for " + slow));
        WorkerPool pool = new WorkerPool(settings.threads());
        Recorder recorder =
            onlookers
                .recordings()
                .begin(RecordingHeader.ofOperator(feeder.name(), memory.runName(), settings))) {
      LOG.info("listening on port {} for {}", sessions.port(), door.awaited());
      listening.accept(sessions.port());
      figures.of(sessions);
      OperatorCourse course =
          new OperatorCourse(
              feeder,
              settings,
              checkpointEvery,
              memory,
              sessions,
              door.links().apply(sessions),
              pool,
              figures,
              figures.counting(recorder.tap()),
              progress,
              own,
              listener);
      return course.run(waits.patience());
    }
  }

  /** Who connects here, and what is made of their links. */
  private record Door(
      String awaited,
      List<SessionServer.Seat> seats,
      SessionServer.Doorkeeper keeper,
      Function<SessionServer, SiteLinks> links) {}

  private Door doorOfSites() {
    List<SessionServer.Seat> sites = Seats.of(feeder);
    Doorway doorway = new Doorway(feeder, IntStream.range(0, sites.size()).toArray(), terms());
    return new Door(
        sites.size() + " sites", sites, doorway, sessions -> new OwnLinks(sessions, doorway));
  }

  private Door doorOfRelays(Listener listener) {
    RelayDoorway doorway = new RelayDoorway(feeder, relays, terms());
    return new Door(
        "relays " + relays,
        Seats.ofRelays(relays, Seats.of(feeder)),
        doorway,
        sessions -> new RelayLinks(sessions, doorway, listener::news));
  }

  private Terms terms() {
    return new Terms(
        Versions.SPOKEN.get(0),
        memory.run().high(),
        memory.run().low(),
        0,
        settings,
        feeder.limits(),
        checkpointEvery);
  }
}
