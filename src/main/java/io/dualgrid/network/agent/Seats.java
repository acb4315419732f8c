package io.dualgrid.network.agent;

import io.dualgrid.network.pki.Names;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.SessionServer.Seat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The places at the table of whoever ends the links of a feeder's sites. */
final class Seats {
  private Seats() {}

  /** Of all sites, in the order of the nodes. */
  static List<Seat> of(PublicFeeder feeder) {
    Map<Integer, Integer> lines = new HashMap<>();
    feeder
        .lines()
        .forEach(
            line -> {
              lines.merge(line.from(), 1, Integer::sum);
              lines.merge(line.to(), 1, Integer::sum);
            });
    return feeder.ids().stream()
        .map(node -> new Seat(Names.site(feeder.name(), node), lines.getOrDefault(node, 0)))
        .toList();
  }

  /** Of relays, each of which may hand up what all sites may send. */
  static List<Seat> ofRelays(List<String> names, List<Seat> sites) {
    int letters = sites.stream().mapToInt(Seat::mostLetters).sum();
    return names.stream().map(name -> new Seat(name, letters)).toList();
  }
}
