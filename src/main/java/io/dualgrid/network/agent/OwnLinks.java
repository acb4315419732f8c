package io.dualgrid.network.agent;

import io.dualgrid.network.share.Json;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.protocol.Transport;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.BooleanSupplier;

/** Links of all sites, which end here. */
final class OwnLinks implements SiteLinks {
  private final SessionServer sessions;
  private final Doorway doorway;

  OwnLinks(SessionServer sessions, Doorway doorway) {
    this.sessions = sessions;
    this.doorway = doorway;
  }

  @Override
  public boolean awaitAll(Duration patience, BooleanSupplier cancelled) {
    return sessions.awaitAll(patience, cancelled);
  }

  @Override
  public List<String> absent() {
    return sessions.absent();
  }

  @Override
  public NavigableSet<Integer> kept() {
    return doorway.kept();
  }

  @Override
  public void begin(Opening opening) {
    sessions.begin(Json.bytes(opening));
  }

  @Override
  public void awaitLeave() {
    sessions.awaitLeave();
  }

  @Override
  public Transport transport() {
    return sessions;
  }

  @Override
  public List<BitSet> shares() {
    return List.of();
  }
}
