package io.dualgrid.network.agent;

import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.wire.DistrustException;
import io.dualgrid.network.wire.LostLinkException;
import io.dualgrid.network.wire.PlaceTakenException;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Dials the operator, and again when the link is lost, with the certificate that the party's folder
 * has by then, until the party has come to its end.
 */
final class Dialling {
  /** Longer than a dead process can hold the place of a party. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(30);

  /** For the operator to say that a result is not wanted any more. */
  private static final Duration AFTERMATH = Duration.ofSeconds(30);

  private static final long RETRY_MILLIS = 300;

  private final PartyFolder folder;
  private final Duration patience;
  private final Supplier<SiteLink> links;
  private final Consumer<String> news;
  private boolean letIn; // over the latest link
  private boolean everLetIn; // over any

  /**
   * For a party.
   *
   * @param patience how long to try to reach the operator
   * @param links dial
   * @param news told what happens to the link
   */
  Dialling(PartyFolder folder, Duration patience, Supplier<SiteLink> links, Consumer<String> news) {
    this.folder = folder;
    this.patience = patience;
    this.links = links;
    this.news = news;
  }

  /** What a party does over its links. */
  interface Attendance<T> {
    /**
     * Takes part over a link, to the end of the run.
     *
     * @param letIn to be told when the operator has let the party in
     * @throws LostLinkException when the link is lost before
     */
    T over(SiteLink link, Runnable letIn);

    /** What the party came to; null where it has not. */
    T result();
  }

  /**
   * Takes part in one run.
   *
   * @throws WireException when the run does not come to an end; the message names the reason
   * @throws PkiException when certificates do not hold, and new ones do not come in time
   */
  <T> T run(Attendance<T> attendance) {
    long giveUp = System.nanoTime() + patience.toNanos();
    long takeOver = System.nanoTime() + Math.min(TAKE_OVER.toNanos(), patience.toNanos());
    String told = "";
    while (true) {
      RuntimeException lost;
      boolean over;
      try {
        folder.validity().require(Instant.now());
        letIn = false;
        try (SiteLink link = links.get()) {
          return attendance.over(link, this::letIn);
        }
      } catch (LostLinkException e) {
        lost = e;
        if (letIn) {
          news.accept(e.getMessage() + "; dialling again");
          Duration longest = attendance.result() == null ? patience : AFTERMATH;
          giveUp = System.nanoTime() + longest.toNanos();
          takeOver = System.nanoTime() + TAKE_OVER.toNanos();
        }
        over = System.nanoTime() > giveUp;
      } catch (PlaceTakenException e) {
        lost = e;
        over = System.nanoTime() > takeOver;
      } catch (DistrustException | PkiException e) {
        // a certificate that ran out on the way may be followed by a new one
        if (everLetIn && !e.getMessage().equals(told)) {
          told = e.getMessage();
          news.accept(told);
        }
        lost = e;
        over = !everLetIn || System.nanoTime() > giveUp;
      }
      if (over && attendance.result() != null) {
        news.accept(lost.getMessage() + "; the result is kept");
        return attendance.result();
      }
      if (over && lost instanceof PkiException) {
        throw lost;
      }
      if (over) {
        throw new WireException(lost.getMessage(), lost);
      }
      pause();
    }
  }

  private void letIn() {
    letIn = true;
    everLetIn = true;
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while dialling", e);
    }
  }
}
