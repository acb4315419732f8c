package io.dualgrid.network.agent;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.RelayShare;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import java.util.BitSet;
import java.util.NavigableSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the operator as a process: ends the links of some sites, adds up what can be added up
 * among them, and hands the rest on. It keeps nothing: what it loses, the operator pauses for.
 */
public final class RelayAgent {
  private static final Logger LOG = LoggerFactory.getLogger(RelayAgent.class);

  private final PublicFeeder feeder;
  private final NavigableSet<Integer> nodes;
  private final BitSet places;
  private final PartyFolder own;
  private final Supplier<AllowList> allowed;
  private final Machine machine;

  /**
   * What the relay computes with.
   *
   * @param ckks backend, as in the settings of a run
   * @param threads at most
   * @param metrics of the process
   */
  public record Machine(String ckks, int threads, Metrics metrics) {}

  /**
   * How a relay's run ended.
   *
   * @param run public name
   * @param outcome what became of it
   */
  public record End(String run, Outcome outcome) {}

  /** What can become of a run. */
  public enum Outcome {
    /** All sites have their results. */
    OVER,
    /** The same, and it may go on another day. */
    BROKEN_OFF,
    /** Sites were told to forget it. */
    GIVEN_UP
  }

  /**
   * For a part of a feeder.
   *
   * @param nodes ids of the nodes whose sites connect here
   * @param own keys and certificates, read again at every connection
   * @param allowed who is let in, as it stands when asked
   * @throws IllegalArgumentException when a node is not in the feeder
   */
  public RelayAgent(
      PublicFeeder feeder,
      NavigableSet<Integer> nodes,
      PartyFolder own,
      Supplier<AllowList> allowed,
      Machine machine) {
    this.feeder = feeder;
    this.nodes = nodes;
    this.own = own;
    this.allowed = allowed;
    this.machine = machine;
    places = RelayShare.places(feeder, nodes);
    String name = own.credentials().name();
    if (!Names.isRelay(name)) {
      throw new WireException(
          own.certificate() + ": is of " + name + ", which is no relay's; take operator/MACHINE");
    }
  }

  PublicFeeder feeder() {
    return feeder;
  }

  NavigableSet<Integer> nodes() {
    return nodes;
  }

  BitSet places() {
    return places;
  }

  PartyFolder own() {
    return own;
  }

  Supplier<AllowList> allowed() {
    return allowed;
  }

  Machine machine() {
    return machine;
  }

  /**
   * Takes part in one run.
   *
   * @param operator where it listens
   * @param listen where sites connect, once the operator has said what it is about
   * @param listening told the port
   * @param news told what happens to links
   * @throws WireException when the run does not come to an end; the message names the reason
   * @throws PkiException when its certificates do not hold, and new ones do not come in time
   */
  public End run(
      Endpoint operator,
      Endpoint listen,
      OperatorAgent.Waits waits,
      IntConsumer listening,
      Consumer<String> news) {
    LogContext.party(own.credentials().name());
    Consumer<String> told =
        what -> {
          LOG.warn("{}", what);
          news.accept(what);
        };
    Dialling dialling =
        new Dialling(own, waits.patience(), () -> new SiteLink(operator, own.credentials()), told);
    try (RelayAttendance attendance = new RelayAttendance(this, listen, waits, listening, told)) {
      return dialling.run(attendance);
    }
  }
}
