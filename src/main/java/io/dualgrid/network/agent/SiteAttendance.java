package io.dualgrid.network.agent;

import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.edge.EdgeConfig;
import io.dualgrid.edge.EdgeCredentials;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.edge.StateShelf;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.NetworkCloudLink;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunCourse;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.SiteOutcome;
import io.dualgrid.runtime.StateArchive;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.steering.SteeredFeeder;
import java.util.function.Consumer;

/** A site's part in one run, over as many links as it takes. */
final class SiteAttendance {
  private static final String UNREADABLE = "what the operator says cannot be read";

  private final SiteAgent agent;
  private final RunMemory memory;
  private final SiteAgent.Surroundings there;
  private final Consumer<SitePart> keeper;
  private SitePart result;
  private boolean letIn;
  private boolean everLetIn;

  SiteAttendance(SiteAgent agent, SiteAgent.Surroundings there, Consumer<SitePart> keeper) {
    this.agent = agent;
    this.there = there;
    this.keeper = keeper;
    memory = agent.memory();
  }

  /** Whether the operator has let this site in over the latest link. */
  boolean letIn() {
    return letIn;
  }

  /** Whether it has over any. */
  boolean everLetIn() {
    return everLetIn;
  }

  /** What the site came to, kept already; null where it has not. */
  SitePart result() {
    return result;
  }

  /**
   * Takes part over a link, to the end of the run.
   *
   * @throws io.dualgrid.network.wire.LostLinkException when the link is lost before
   */
  SitePart over(SiteLink link) {
    letIn = false;
    link.send(
        Json.bytes(
            new Hello(
                Versions.SPOKEN,
                agent.part().name(),
                agent.site().id(),
                memory.runName(),
                memory.kept())));
    Terms terms = Said.read(link.receive(there.patience()), Terms.class, UNREADABLE);
    letIn = true;
    everLetIn = true;
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
    Opening opening = Said.read(link.receive(there.patience()), Opening.class, UNREADABLE);
    memory.enter(opening.epoch(), opening.iteration());
    try (NetworkCloudLink cloud =
        terms.settings().privacy().masksPrograms()
            ? new NetworkCloudLink(there.cloud(), agent.folder().clientCredentials())
            : null) {
      result = takePart(link, terms, opening, cloud);
    }
    keeper.accept(result);
    link.leave(there.silence());
    memory.forget();
    return result;
  }

  private SitePart takePart(SiteLink link, Terms terms, Opening opening, NetworkCloudLink cloud) {
    RunSettings settings =
        terms.settings().toBuilder()
            .qpBackend(agent.backends().qp())
            .ckksBackend(agent.backends().ckks())
            .threads(1)
            .build();
    try (EdgeNode edge =
        new EdgeNode(
            config(terms, settings, cloud),
            terms.run(),
            opening.epoch(),
            terms.party(),
            link::send)) {
      edge.use(new Shelf(opening.iteration(), terms));
      obey(edge, link);
      return new SitePart(
          agent.part().name(), terms.runName(), SiteOutcome.of(edge, agent.part().limits(), true));
    }
  }

  private EdgeConfig config(Terms terms, RunSettings settings, NetworkCloudLink cloud) {
    agent.part().checkSteps(settings.steps());
    Horizon horizon = agent.feeder().horizon(settings.steps(), settings.sampling());
    DesProgram program = new DesAssembler(agent.part(), horizon).assemble(agent.site());
    EdgeCredentials credentials =
        settings.privacy().encryptsMessages()
            ? new EdgeCredentials(
                agent.folder().identity(),
                agent.folder().anchor(),
                agent.part().name(),
                settings.allowExposedSums())
            : null;
    return new PartySetup(settings, RunHooks.NONE)
        .config(
            steered(terms.party(), horizon),
            terms.party(),
            agent.site(),
            agent.part().limits(),
            program,
            credentials,
            cloud);
  }

  private SteeredFeeder steered(int place, Horizon horizon) {
    PublicFeeder feeder = agent.feeder();
    if (place < 0
        || place >= feeder.nodes().size()
        || feeder.ids().get(place) != agent.site().id()) {
      throw new WireException(
          "the operator gives this site the place of another in " + PublicFeeder.NAME);
    }
    return new SteeredFeeder(
        feeder.limits(),
        new FeederPaths(feeder.tree(), feeder.ids(), feeder.limits()),
        feeder.ids(),
        horizon.stepHours(),
        horizon.moneyUnit(),
        horizon.priceOfStep(feeder.tariff()));
  }

  private void obey(EdgeNode edge, SiteLink link) {
    while (!edge.finished()) {
      edge.receive(link.receive(there.silence()));
      if (edge.failure().isPresent()) {
        throw edge.failure().get();
      }
    }
    edge.aborted()
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
      if (keeps && ended % every == 0) {
        StateArchive.Saving archive = new StateArchive.Saving();
        state.accept(archive);
        memory.keep(ended, archive.kept());
      }
    }
  }
}
