package io.dualgrid.network.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.edge.EdgeCredentials;
import io.dualgrid.edge.EdgeNode;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.NetworkCloudLink;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.JsonFault;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.SiteOutcome;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import io.dualgrid.steering.SteeredFeeder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A site as a process: dials the operator, takes part in one run, and keeps its own result. What
 * the operator proposes is held against what the site insists on before anything is computed.
 */
public final class SiteAgent {
  private final GridCase part;
  private final PublicFeeder feeder;
  private final Node site;
  private final PartyFolder folder;
  private final SiteStandard standard;
  private final Backends backends;

  /**
   * Solvers and encryption of a site's own choice.
   *
   * @param qp as in the settings of a run
   * @param ckks the same
   */
  public record Backends(String qp, String ckks) {}

  /**
   * For one site.
   *
   * @param part what it has of the case
   * @param feeder the public feeder, from whom the site trusts and not from the operator
   * @param folder its keys and certificates
   * @param standard below which it takes no part
   */
  public SiteAgent(
      GridCase part,
      PublicFeeder feeder,
      PartyFolder folder,
      Backends backends,
      SiteStandard standard) {
    this.part = part;
    this.feeder = feeder;
    this.folder = folder;
    this.backends = backends;
    this.standard = standard;
    String name = folder.credentials().name();
    site =
        part.nodes().stream()
            .filter(node -> Names.site(part.name(), node.id()).equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new WireException(
                        folder.certificate()
                            + ": is of "
                            + name
                            + ", which is no node of "
                            + part.name()
                            + " beside it"));
  }

  /**
   * Takes part in one run.
   *
   * @param operator where it listens
   * @param cloud where one listens; null where the site solves its own program
   * @param patience how long to try to reach the operator
   * @param silence how long the operator may say nothing during the run
   * @return the site's own result
   * @throws WireException when the run does not come to an end; the message names the reason
   */
  public SitePart run(Endpoint operator, Endpoint cloud, Duration patience, Duration silence) {
    try (SiteLink link = new SiteLink(operator, folder.credentials())) {
      Terms terms = terms(link.hello(Json.bytes(Hello.of(part.name(), site.id())), patience));
      terms.require(standard, part.limits());
      if (terms.settings().privacy().masksPrograms() && cloud == null) {
        throw new WireException(
            "the run has masked programs solved by a cloud; say where it is with --cloud HOST:PORT");
      }
      try (NetworkCloudLink toCloud =
          terms.settings().privacy().masksPrograms()
              ? new NetworkCloudLink(cloud, folder.clientCredentials())
              : null) {
        return takePart(link, terms, toCloud, silence);
      }
    }
  }

  private static Terms terms(byte[] bytes) {
    try {
      Terms terms = Json.read(bytes, Terms.class);
      if (terms.version() == Envelope.VERSION && terms.settings() != null) {
        return terms;
      }
      throw new WireException(
          "the operator speaks version " + terms.version() + " of the protocol");
    } catch (JsonProcessingException e) {
      throw new WireException("the operator's terms cannot be read: " + JsonFault.reason(e), e);
    } catch (IOException e) {
      throw new WireException("the operator's terms cannot be read", e);
    }
  }

  private SitePart takePart(SiteLink link, Terms terms, NetworkCloudLink cloud, Duration silence) {
    RunSettings settings =
        terms.settings().toBuilder()
            .qpBackend(backends.qp())
            .ckksBackend(backends.ckks())
            .threads(1)
            .build();
    part.checkSteps(settings.steps());
    PartySetup setup = new PartySetup(settings, RunHooks.NONE);
    Horizon horizon = feeder.horizon(settings.steps(), settings.sampling());
    DesProgram program = new DesAssembler(part, horizon).assemble(site);
    EdgeCredentials credentials =
        settings.privacy().encryptsMessages()
            ? new EdgeCredentials(
                folder.identity(), folder.anchor(), part.name(), settings.allowExposedSums())
            : null;
    try (EdgeNode edge =
        new EdgeNode(
            setup.config(
                steered(terms.party(), horizon),
                terms.party(),
                site,
                part.limits(),
                program,
                credentials,
                cloud),
            terms.run(),
            terms.epoch(),
            terms.party(),
            link::send)) {
      obey(edge, link, silence);
      return new SitePart(
          part.name(), terms.run().toString(), SiteOutcome.of(edge, part.limits(), true));
    }
  }

  private SteeredFeeder steered(int place, Horizon horizon) {
    if (place < 0 || place >= feeder.nodes().size() || feeder.ids().get(place) != site.id()) {
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

  private static void obey(EdgeNode edge, SiteLink link, Duration silence) {
    while (!edge.finished()) {
      Optional<byte[]> message = link.receive(silence);
      if (message.isEmpty()) {
        throw link.lost(
            link.open() ? "has said nothing for " + silence.toSeconds() + " s" : "has hung up");
      }
      edge.receive(message.get());
      if (edge.failure().isPresent()) {
        throw edge.failure().get();
      }
    }
    edge.aborted()
        .ifPresent(
            code -> {
              throw new WireException("the operator has given the run up: " + code);
            });
  }
}
