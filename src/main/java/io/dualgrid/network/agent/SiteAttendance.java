package io.dualgrid.network.agent;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.edge.EdgeConfig;
import io.dualgrid.edge.EdgeCredentials;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.edge.StateShelf;
import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.NetworkCloudLink;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.Outbox;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.recording.Recorder;
import io.dualgrid.recording.RecordingHeader;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunCourse;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.SiteOutcome;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.steering.SteeredFeeder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A site's part in one run, over as many links as it takes. */
final class SiteAttendance implements Dialling.Attendance<SitePart>, AutoCloseable {
  private static final String UNREADABLE = "what the operator says cannot be read";

  private static final Logger LOG = LoggerFactory.getLogger(SiteAgent.class);

  private static final int LAST = Integer.MAX_VALUE; // iteration, in recordings

  private final SiteAgent agent;
  private final RunMemory memory;
  private final SiteAgent.Surroundings there;
  private final Consumer<SitePart> keeper;
  private final SiteFigures figures;
  private Recorder recorder = Recorder.NONE;
  private String recorded = ""; // name of the run
  private SitePart result;

  SiteAttendance(SiteAgent agent, SiteAgent.Surroundings there, Consumer<SitePart> keeper) {
    this.agent = agent;
    this.there = there;
    this.keeper = keeper;
    memory = agent.memory();
    figures = new SiteFigures(agent.onlookers().metrics(), agent.folder().credentials().name());
  }

  @Override
  public SitePart result() {
    return result;
  }

  @Override
  public SitePart over(SiteLink link, Runnable letIn) {
    figures.dialling();
    link.send(
        Json.bytes(
            new Hello(
                Versions.SPOKEN,
                agent.part().name(),
                agent.site().id(),
                memory.runName(),
                memory.kept())),
        there.patience());
    Terms terms = Said.read(link.receive(there.patience()), Terms.class, UNREADABLE);
    letIn.run();
    LogContext.run(terms.runName());
    LOG.info("let in by the operator at {}", there.operator());
    boolean sameRun = terms.runName().equals(memory.runName());
    if (result != null && !sameRun) {
      return result; // the run has ended, and another begins
    }
    terms.require(agent.standard(), agent.part().limits());
    if (terms.settings().privacy().masksPrograms() && there.cloud() == null) {
      throw new WireException(
          "the run has masked programs solved by a cloud; say where it is with --cloud HOST:PORT");
    }
    if (!sameRun) {
      memory.begin(terms.run(), terms.settings());
    } else if (!memory.settings().equals(terms.settings())) {
      throw new WireException("the operator has changed the settings of a run that is under way");
    }
    record(terms);
    Opening opening = Said.read(link.receive(there.patience()), Opening.class, UNREADABLE);
    memory.enter(opening.epoch(), opening.iteration());
    LogContext.epoch(opening.epoch());
    figures.epoch(opening.epoch());
    LOG.info("the epoch begins after iteration {}", opening.iteration());
    try (NetworkCloudLink cloud =
        terms.settings().privacy().masksPrograms()
            ? new NetworkCloudLink(there.cloud(), Watched.clientCredentials(agent.folder()))
            : null) {
      result = takePart(link, terms, opening, recorded(cloud));
    }
    keeper.accept(result);
    LOG.info("the result of this site is kept");
    figures.ended();
    if (link.leave(there.silence())) {
      memory.forget();
    } else {
      LOG.info("the run was broken off and may go on");
    }
    return result;
  }

  private void record(Terms terms) {
    if (!recorded.equals(terms.runName())) {
      recorder.close();
      recorder =
          agent
              .onlookers()
              .recordings()
              .begin(
                  RecordingHeader.ofSite(
                      agent.site().id(), agent.part().name(), terms.runName(), terms.settings()));
      recorded = terms.runName();
    }
  }

  private CloudLink recorded(NetworkCloudLink cloud) {
    return cloud == null || recorder == Recorder.NONE ? cloud : new OwnMasks(cloud, recorder);
  }

  /** Ends the recording, if there is one. */
  @Override
  public void close() {
    recorder.close();
  }

  private SitePart takePart(SiteLink link, Terms terms, Opening opening, CloudLink cloud) {
    RunSettings settings =
        terms.settings().toBuilder()
            .qpBackend(agent.backends().qp())
            .ckksBackend(agent.backends().ckks())
            .threads(1)
            .build();
    EdgeConfig config = agent.household().inTurn(() -> config(terms, settings, cloud));
    // a stream of TLS loses nothing and brings nothing twice; where it breaks, a new epoch begins
    Outbox outbox =
        Outbox.once(
            terms.run(),
            opening.epoch(),
            terms.party(),
            bytes -> link.send(bytes, there.silence()));
    try (EdgeNode edge =
        new EdgeNode(config, terms.run(), opening.epoch(), terms.party(), outbox)) {
      edge.use(new Shelf(opening.iteration(), terms));
      obey(edge, link);
      boolean meaningful = edge.aborted().isEmpty(); // else no dispatch meets the limits
      SiteOutcome outcome = SiteOutcome.of(edge, agent.part().limits(), meaningful);
      if (meaningful) {
        recorder.solution(LAST, edge.view().solution());
      }
      outcome.dispatch().forEach(series -> recorder.dispatch(series.values()));
      return new SitePart(agent.part().name(), terms.runName(), outcome);
    }
  }

  private EdgeConfig config(Terms terms, RunSettings settings, CloudLink cloud) {
    agent.part().checkSteps(settings.steps());
    Horizon horizon = agent.feeder().horizon(settings.steps(), settings.sampling());
    DesProgram program = new DesAssembler(agent.part(), horizon).assemble(agent.site());
    EdgeCredentials credentials =
        settings.privacy().encryptsMessages()
            ? new EdgeCredentials(
                agent.folder().identity(),
                agent.household().anchor(agent.folder().authority()),
                agent.part().name(),
                settings.allowExposedSums())
            : null;
    return new PartySetup(settings, RunHooks.NONE)
        .config(
            steered(terms.party(), settings),
            terms.party(),
            agent.site(),
            agent.part().limits(),
            program,
            credentials,
            cloud);
  }

  private SteeredFeeder steered(int place, RunSettings settings) {
    PublicFeeder feeder = agent.feeder();
    if (place < 0
        || place >= feeder.nodes().size()
        || feeder.ids().get(place) != agent.site().id()) {
      throw new WireException(
          "the operator gives this site the place of another in " + PublicFeeder.NAME);
    }
    return agent.household().steered(feeder, settings.steps(), settings.sampling());
  }

  private void obey(EdgeNode edge, SiteLink link) {
    while (!edge.finished()) {
      byte[] message = link.receive(there.silence());
      agent.household().inTurn(() -> edge.receive(message));
      if (edge.failure().isPresent()) {
        throw edge.failure().get();
      }
    }
    edge.aborted()
        .filter(code -> code != AbortCode.INFEASIBLE)
        .ifPresent(
            code -> {
              memory.forget();
              throw new WireException("the operator has given the run up: " + code);
            });
  }

  /** States after every so many iterations, as all parties keep them. */
  private final class Shelf implements StateShelf {
    private final int from;
    private final boolean keeps;
    private final int every;

    Shelf(int from, Terms terms) {
      this.from = from;
      keeps = RunCourse.keepsStates(terms.settings());
      every = terms.checkpointEvery();
    }

    @Override
    public void begin(int next, Consumer<StateArchive> state) {
      if (next != from + 1) {
        throw new ProtocolException(
            AbortCode.UNEXPECTED, "iteration " + next + " where the state is of " + from);
      }
      if (from > 0) {
        memory.take(from, state);
      }
    }

    @Override
    public void offer(int ended, Consumer<StateArchive> state) {
      figures.iteration();
      boolean due = ended % every == 0;
      if (!keeps || !due && recorder == Recorder.NONE) {
        return;
      }
      StateArchive.Saving archive = new StateArchive.Saving();
      state.accept(archive);
      if (due) {
        memory.keep(ended, archive.kept());
      }
      archive.kept().entrySet().stream()
          .filter(entry -> entry.getKey().endsWith("solution"))
          .forEach(entry -> recorder.solution(ended, entry.getValue()));
    }
  }
}
