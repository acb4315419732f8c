package io.dualgrid.network.agent;

import io.dualgrid.network.share.Json;
import io.dualgrid.network.wire.LostSiteException;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Links of relays, behind which the sites are. */
final class RelayLinks implements SiteLinks, Transport {
  private final SessionServer sessions;
  private final RelayDoorway doorway;
  private final Consumer<String> news;
  private List<String> absent = List.of();
  private NavigableSet<Integer> kept = new TreeSet<>();

  /**
   * Over links that relays make.
   *
   * @param news told what relays say of slow sites
   */
  RelayLinks(SessionServer sessions, RelayDoorway doorway, Consumer<String> news) {
    this.sessions = sessions;
    this.doorway = doorway;
    this.news = news;
  }

  @Override
  public boolean awaitAll(Duration patience, BooleanSupplier cancelled) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      if (!sessions.awaitAll(left, cancelled)) {
        absent = sessions.absent();
        return false;
      }
      doorway.shares();
      try {
        sessions.begin(Json.bytes(RelayCall.ROLL));
        while (!called()) {
          if (System.nanoTime() > end || cancelled.getAsBoolean()) {
            return false;
          }
          sendAll(RelayCall.ROLL);
        }
        return true;
      } catch (LostSiteException e) {
        absent = List.of(e.getMessage());
        sessions.pause("the run is paused, for " + e.getMessage());
      }
    }
  }

  /** Takes every relay's answer; whether all sites are there. */
  private boolean called() {
    RelayWord[] words = new RelayWord[sessions.edges()];
    for (int heard = 0; heard < words.length; ) {
      for (Arrival arrival : sessions.receive()) {
        RelayWord word = RelayWord.read(arrival.bytes());
        if (word.kind() != RelayWord.Kind.READY && word.kind() != RelayWord.Kind.ABSENT) {
          hear(word);
        }
        heard += words[arrival.edge()] == null ? 1 : 0;
        words[arrival.edge()] = word;
      }
    }
    absent = Arrays.stream(words).flatMap(word -> word.sites().stream()).toList();
    kept = new TreeSet<>(words[0].kept());
    Arrays.stream(words).map(RelayWord::kept).forEach(kept::retainAll);
    return Arrays.stream(words).allMatch(word -> word.kind() == RelayWord.Kind.READY);
  }

  private void sendAll(RelayCall call) {
    byte[] bytes = Json.bytes(call);
    for (int relay = 0; relay < sessions.edges(); relay++) {
      sessions.send(relay, bytes);
    }
  }

  @Override
  public List<String> absent() {
    return absent;
  }

  @Override
  public NavigableSet<Integer> kept() {
    return kept;
  }

  @Override
  public void begin(Opening opening) {
    sendAll(new RelayCall(opening));
  }

  @Override
  public void awaitLeave() {
    while (!sessions.haveLeft()) {
      lettersOf(sessions.receive()); // they mean nothing any more
    }
  }

  @Override
  public Transport transport() {
    return this;
  }

  @Override
  public List<BitSet> shares() {
    return doorway.shares();
  }

  @Override
  public int edges() {
    return sessions.edges();
  }

  @Override
  public void send(int relay, byte[] bytes) {
    sessions.send(relay, bytes);
  }

  /**
   * {@inheritDoc}
   *
   * @throws LostSiteException when a relay is lost, or tells of a site that is
   * @throws ProtocolException when a relay has refused what it was sent
   */
  @Override
  public List<Arrival> receive() {
    List<Arrival> letters = List.of();
    while (letters.isEmpty()) {
      letters = lettersOf(sessions.receive());
    }
    return letters;
  }

  private List<Arrival> lettersOf(List<Arrival> arrivals) {
    List<Arrival> letters = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      if (RelayWord.isOne(arrival.bytes())) {
        hear(RelayWord.read(arrival.bytes()));
      } else {
        letters.add(arrival);
      }
    }
    return letters;
  }

  private void hear(RelayWord word) {
    switch (word.kind()) {
      case SLOW -> news.accept("waiting for " + String.join(", ", word.sites()));
      case LOST -> throw new LostSiteException(String.join(", ", word.sites()), word.reason());
      case REFUSED -> throw new ProtocolException(AbortCode.UNEXPECTED, word.reason());
      default -> throw new WireException("a relay says " + word.kind() + " while the run goes on");
    }
  }
}
