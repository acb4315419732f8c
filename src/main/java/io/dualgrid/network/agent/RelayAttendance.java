package io.dualgrid.network.agent;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.NodeRanges;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.operator.Relay;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.runtime.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay's part in one run, over as many links to the operator as it takes. The links of sites
 * stay open from the first on, so that sites can come while the operator is away.
 */
final class RelayAttendance implements Dialling.Attendance<RelayAgent.End>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayAgent.class);

  private static final String UNREADABLE = "what the operator says cannot be read";

  /** So long a relay waits for sites before it answers who is missing. */
  private static final Duration GLANCE = Duration.ofSeconds(3);

  private final RelayAgent agent;
  private final OperatorAgent.Waits waits;
  private final IntConsumer listening;
  private final Consumer<String> news;
  private final WorkerPool pool;
  private final RelayFigures figures;
  private Endpoint listen;
  private Terms terms; // of the run that sites are told of
  private Doorway doorway;
  private SessionServer sessions;
  private PartySetup setup;
  private volatile SiteLink operator; // of the present link
  private volatile Relay relay; // of the present epoch
  private RelayAgent.End result;

  RelayAttendance(
      RelayAgent agent,
      Endpoint listen,
      OperatorAgent.Waits waits,
      IntConsumer listening,
      Consumer<String> news) {
    this.agent = agent;
    this.listen = listen;
    this.waits = waits;
    this.listening = listening;
    this.news = news;
    pool = new WorkerPool(agent.machine().threads());
    figures = new RelayFigures(agent.machine().metrics());
  }

  @Override
  public RelayAgent.End result() {
    return result;
  }

  @Override
  public RelayAgent.End over(SiteLink link, Runnable letIn) {
    figures.dialling();
    RelayHello hello =
        new RelayHello(Versions.SPOKEN, agent.feeder().name(), NodeRanges.of(agent.nodes()));
    link.send(Json.bytes(hello), waits.patience());
    Terms told = Said.read(link.receive(waits.patience()), Terms.class, UNREADABLE);
    letIn.run();
    LogContext.run(told.runName());
    LOG.info("let in by the operator");
    figures.waiting();
    boolean sameRun = terms != null && terms.runName().equals(told.runName());
    if (!sameRun && result != null) {
      return result; // the run has ended, and another begins
    }
    if (!sameRun) {
      listenFor(told);
    } else if (!terms.settings().equals(told.settings())) {
      throw new WireException("the operator has changed the settings of a run that is under way");
    }
    operator = link;
    try {
      return epoch(link, told, opening(link));
    } catch (RuntimeException e) {
      sessions.pause(link.lastWords().orElse("its relay has lost it: " + e.getMessage()));
      throw e;
    }
  }

  /** Opens the doors for a run. */
  private void listenFor(Terms told) {
    closeDoors();
    if (!told.limits().equals(agent.feeder().limits())) {
      throw new WireException(
          "the operator's limits of the network are not those of feeder.json here: "
              + told.limits()
              + " there, "
              + agent.feeder().limits()
              + " here; give both the same file");
    }
    int[] places = agent.places().stream().toArray();
    List<SessionServer.Seat> all = Seats.of(agent.feeder());
    doorway = new Doorway(agent.feeder(), places, told);
    sessions =
        new SessionServer(
            listen,
            Watched.credentials(agent.own()),
            agent.allowed(),
            agent.places().stream().mapToObj(all::get).toList(),
            waits.deadline(),
            doorway,
            this::tellSlow);
    figures.of(sessions);
    listen = new Endpoint(listen.host(), sessions.port());
    listening.accept(sessions.port());
    RunSettings settings = told.settings().toBuilder().ckksBackend(agent.machine().ckks()).build();
    setup = new PartySetup(settings, RunHooks.NONE);
    terms = told;
  }

  private void tellSlow(String sites) {
    if (relay != null && relay.waits()) {
      news.accept("waiting for " + sites);
      operator.send(RelayWord.slow(sites).bytes(), waits.deadline());
    }
  }

  /** Answers who is there, until the operator opens an epoch. */
  private Opening opening(SiteLink link) {
    while (true) {
      RelayCall call = Said.read(link.receive(waits.patience()), RelayCall.class, UNREADABLE);
      if (call.opening() != null) {
        return call.opening();
      }
      boolean all = sessions.awaitAll(GLANCE, link::hasEnded);
      RelayWord word = all ? RelayWord.ready(doorway.kept()) : RelayWord.absent(sessions.absent());
      link.send(word.bytes(), waits.deadline());
    }
  }

  private RelayAgent.End epoch(SiteLink link, Terms told, Opening opening) {
    LogContext.epoch(opening.epoch());
    LOG.info("the epoch begins after iteration {}", opening.iteration());
    figures.epoch();
    try (Relay present =
            new Relay(
                FeederNetwork.of(agent.feeder(), told.settings()),
                agent.places(),
                setup.agreement(told.run(), opening.epoch()),
                told.party(),
                sessions,
                bytes -> link.send(bytes, waits.deadline()),
                pool);
        RelayedSites sites = new RelayedSites(sessions, present, link, waits.deadline())) {
      relay = present;
      sites.begin(Json.bytes(opening));
      while (!present.over()) {
        byte[] bytes = link.receive(waits.deadline());
        sites.tried(() -> present.fromOperator(bytes));
      }
      figures.ended();
      if (!present.complete()) {
        return new RelayAgent.End(told.runName(), RelayAgent.Outcome.GIVEN_UP);
      }
      sites.awaitLeave();
      result = new RelayAgent.End(told.runName(), RelayAgent.Outcome.OVER);
      boolean complete = link.leave(waits.deadline());
      sessions.dismiss(complete);
      return complete ? result : new RelayAgent.End(told.runName(), RelayAgent.Outcome.BROKEN_OFF);
    }
  }

  private void closeDoors() {
    if (sessions != null) {
      sessions.close();
    }
  }

  @Override
  public void close() {
    closeDoors();
    pool.close();
  }
}
