package io.dualgrid.network.agent;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A site as a process: dials the operator, takes part in one run, and keeps its own result. What
 * the operator proposes is held against what the site insists on before anything is computed. When
 * the link is lost it dials again, with the certificate that its folder has by then, and the run
 * goes on from the last states that all parties have kept.
 */
public final class SiteAgent {
  private static final Logger LOG = LoggerFactory.getLogger(SiteAgent.class);

  private final GridCase part;
  private final PublicFeeder feeder;
  private final Node site;
  private final PartyFolder folder;
  private final RunMemory memory;
  private final SiteStandard standard;
  private final Backends backends;
  private final Onlookers onlookers;
  private final Household household;

  /**
   * Solvers and encryption of a site's own choice.
   *
   * @param qp as in the settings of a run
   * @param ckks the same
   */
  public record Backends(String qp, String ckks) {}

  /**
   * Where others are, and how long to wait for them.
   *
   * @param operator where it listens
   * @param cloud where one listens; null where the site solves its own program
   * @param patience how long to try to reach the operator
   * @param silence how long the operator may say nothing during the run
   */
  public record Surroundings(
      Endpoint operator, Endpoint cloud, Duration patience, Duration silence) {}

  /**
   * For one site.
   *
   * @param part what it has of the case
   * @param feeder the public feeder, from whom the site trusts and not from the operator
   * @param folder its keys and certificates
   * @param memory what it keeps of runs
   * @param standard below which it takes no part
   * @param onlookers who takes down what it finds, and counts
   * @param household of the sites in this process
   */
  public SiteAgent(
      GridCase part,
      PublicFeeder feeder,
      PartyFolder folder,
      RunMemory memory,
      Backends backends,
      SiteStandard standard,
      Onlookers onlookers,
      Household household) {
    this.part = part;
    this.feeder = feeder;
    this.folder = folder;
    this.memory = memory;
    this.backends = backends;
    this.standard = standard;
    this.onlookers = onlookers;
    this.household = household;
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

  GridCase part() {
    return part;
  }

  PublicFeeder feeder() {
    return feeder;
  }

  Node site() {
    return site;
  }

  PartyFolder folder() {
    return folder;
  }

  RunMemory memory() {
    return memory;
  }

  SiteStandard standard() {
    return standard;
  }

  Onlookers onlookers() {
    return onlookers;
  }

  Household household() {
    return household;
  }

  Backends backends() {
    return backends;
  }

  /**
   * Takes part in one run.
   *
   * @param keeper takes the site's own result, before the operator hears that there is one
   * @param news told what happens to the link
   * @return the site's own result
   * @throws WireException when the run does not come to an end; the message names the reason
   * @throws PkiException when its certificates do not hold, and new ones do not come in time
   */
  public SitePart run(Surroundings there, Consumer<SitePart> keeper, Consumer<String> news) {
    LogContext.party(folder.credentials().name());
    Consumer<String> told =
        what -> {
          LOG.warn("{}", what);
          news.accept(what);
        };
    Dialling dialling =
        new Dialling(
            folder,
            there.patience(),
            () -> household.inTurn(() -> new SiteLink(there.operator(), folder.credentials())),
            told);
    try (SiteAttendance attendance = new SiteAttendance(this, there, keeper)) {
      return dialling.run(attendance);
    }
  }
}
