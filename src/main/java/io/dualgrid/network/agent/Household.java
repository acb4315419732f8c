package io.dualgrid.network.agent;

import io.dualgrid.auth.TrustAnchor;
import io.dualgrid.network.wire.WireException;
import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What the sites of one process share. A few of them compute at a time: hundreds at once would
 * leave so little of the processors to the threads of the network that links are taken for dead.
 * And what one of them has verified, the others believe. Thread safe.
 */
public final class Household {
  /** More than one, since one of them may be waiting for its cloud. */
  private static final int SITES_A_PROCESSOR = 4;

  private final Semaphore turns =
      new Semaphore(SITES_A_PROCESSOR * Runtime.getRuntime().availableProcessors(), true);
  private final Map<PublicKey, TrustAnchor> anchors = new ConcurrentHashMap<>();

  /**
   * Computes when it is this site's turn.
   *
   * @throws WireException when the thread is interrupted before
   */
  <T> T inTurn(Supplier<T> computing) {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException("interrupted while other sites compute", e);
    }
    try {
      return computing.get();
    } finally {
      turns.release();
    }
  }

  /** The same for what has no result. */
  void inTurn(Runnable computing) {
    inTurn(
        () -> {
          computing.run();
          return null;
        });
  }

  /** Against what sites check others, of the authority that certified them. */
  TrustAnchor anchor(PublicKey authority) {
    return anchors.computeIfAbsent(authority, TrustAnchor::of);
  }
}
