package io.dualgrid.network.agent;

import io.dualgrid.protocol.Transport;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.BooleanSupplier;

/** How the operator's process reaches the sites: each over a link of its own, or behind relays. */
interface SiteLinks {
  /**
   * Waits until all sites are there.
   *
   * @param cancelled asked now and then; true ends the wait
   * @return whether they have come; see {@link #absent}
   */
  boolean awaitAll(Duration patience, BooleanSupplier cancelled);

  /** Names of who is not there. */
  List<String> absent();

  /** Iterations after which all sites have kept their states, when all are there. */
  NavigableSet<Integer> kept();

  /** Begins an epoch: all sites are told, and what they say from now on is received. */
  void begin(Opening opening);

  /**
   * Waits until every site has taken its leave: it has kept its result.
   *
   * @throws io.dualgrid.network.wire.LostSiteException when one goes without
   */
  void awaitLeave();

  /** What carries letters from now on. */
  Transport transport();

  /** For each relay the places of the sites behind it; empty where there are none. */
  List<BitSet> shares();
}
