package io.dualgrid.network.agent;

import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What sites say first, and what they are answered by whom they dial. Thread safe. */
final class Doorway implements SessionServer.Doorkeeper {
  private final PublicFeeder feeder;
  private final int[] places;
  private final Terms terms;
  private final List<List<Integer>> kept = new ArrayList<>();

  /**
   * For a run.
   *
   * @param places of the sites among all, by link
   * @param terms that all get, each with its own place
   */
  Doorway(PublicFeeder feeder, int[] places, Terms terms) {
    this.feeder = feeder;
    this.places = places.clone();
    this.terms = terms;
    for (int link = 0; link < places.length; link++) {
      kept.add(List.of());
    }
  }

  @Override
  public byte[] answer(int link, byte[] bytes) {
    Hello hello = Said.read(bytes, Hello.class, "a hello that cannot be read");
    int version = Versions.choose(hello.versions());
    int node = feeder.ids().get(places[link]);
    if (!feeder.name().equals(hello.feeder()) || hello.node() != node) {
      throw new WireException("the certificate is of node " + node + " of " + feeder.name());
    }
    synchronized (this) {
      kept.set(link, hello.run().equals(terms.runName()) ? hello.kept() : List.of());
    }
    return Json.bytes(terms.to(version, places[link]));
  }

  /** Iterations after which all these sites have kept their states. */
  synchronized NavigableSet<Integer> kept() {
    NavigableSet<Integer> common = new TreeSet<>(kept.get(0));
    kept.forEach(common::retainAll);
    return common;
  }
}
