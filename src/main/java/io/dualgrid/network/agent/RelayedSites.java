package io.dualgrid.network.agent;

import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.wire.LostSiteException;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.operator.Relay;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sites behind a relay during an epoch: what they send is taken in by a thread of its own,
 * since the operator may speak at any time. What goes wrong among them the operator is told in a
 * word; then it pauses the run, or gives it up.
 */
final class RelayedSites implements AutoCloseable {
  /** Who waits for whom is the operator's to judge: a relay's sites may have nothing to say. */
  private static final Duration EVER = Duration.ofDays(365);

  private static final Logger LOG = LoggerFactory.getLogger(RelayAgent.class);

  private final SessionServer sessions;
  private final Relay relay;
  private final SiteLink operator;
  private final Duration deadline;
  private final Thread listening;
  private volatile boolean wrong; // the operator has been told a word
  private volatile boolean closing;

  RelayedSites(SessionServer sessions, Relay relay, SiteLink operator, Duration deadline) {
    this.sessions = sessions;
    this.relay = relay;
    this.operator = operator;
    this.deadline = deadline;
    LogContext context = LogContext.current();
    listening = new Thread(() -> context.with(() -> tried(this::listen)), "sites of a relay");
    listening.setDaemon(true);
  }

  /** Tells all sites that the epoch begins, and listens to them. */
  void begin(byte[] opening) {
    tried(() -> sessions.begin(opening));
    if (!wrong) {
      listening.start();
    }
  }

  private void listen() {
    while (!relay.over()) {
      relay.fromSites(sessions.receive(EVER));
    }
    if (relay.complete()) {
      sessions.awaitLeave();
    }
  }

  /** Does something of which the operator hears when it goes wrong; then the epoch ends soon. */
  void tried(Runnable work) {
    try {
      work.run();
    } catch (LostSiteException e) {
      tell(RelayWord.lost(e.site(), e.reason()));
    } catch (RuntimeException e) {
      if (!closing) {
        LOG.warn("given up: {}", e.getMessage());
        tell(RelayWord.refused(String.valueOf(e.getMessage())));
      }
    }
  }

  private synchronized void tell(RelayWord word) {
    if (!wrong) {
      wrong = true;
      operator.send(word.bytes(), deadline);
    }
  }

  /**
   * Waits until all sites have taken their leave.
   *
   * @throws io.dualgrid.network.wire.LostLinkException when one goes without, and the operator
   *     pauses the run for it
   */
  void awaitLeave() {
    try {
      listening.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while sites take their leave", e);
    }
    while (wrong) {
      operator.receive(deadline);
    }
  }

  @Override
  public void close() {
    closing = true;
    listening.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      listening.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
