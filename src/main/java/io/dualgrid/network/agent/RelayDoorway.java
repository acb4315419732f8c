package io.dualgrid.network.agent;

import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.NodeRanges;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.RelayShare;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.WireException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What relays say first, and what the operator answers. Thread safe. */
final class RelayDoorway implements SessionServer.Doorkeeper {
  private final PublicFeeder feeder;
  private final List<String> names;
  private final Terms terms;
  private final List<BitSet> shares = new ArrayList<>(); // places of sites, by relay

  /**
   * For a run.
   *
   * @param names of the relays, by link
   * @param terms that all get, each with its own place
   */
  RelayDoorway(PublicFeeder feeder, List<String> names, Terms terms) {
    this.feeder = feeder;
    this.names = List.copyOf(names);
    this.terms = terms;
    names.forEach(name -> shares.add(new BitSet()));
  }

  @Override
  public byte[] answer(int relay, byte[] bytes) {
    RelayHello hello = Said.read(bytes, RelayHello.class, "a relay's hello that cannot be read");
    int version = Versions.choose(hello.versions());
    if (!feeder.name().equals(hello.feeder())) {
      throw new WireException("the feeder here is " + feeder.name() + ", not " + hello.feeder());
    }
    BitSet share = share(hello.nodes());
    synchronized (this) {
      for (int other = 0; other < shares.size(); other++) {
        if (other != relay && shares.get(other).intersects(share)) {
          BitSet both = (BitSet) share.clone();
          both.and(shares.get(other));
          throw new WireException(
              "sites are to connect to one relay, but "
                  + nodes(both)
                  + " to two of them, with "
                  + names.get(other));
        }
      }
      shares.set(relay, share);
    }
    return Json.bytes(terms.to(version, relay));
  }

  private BitSet share(String ranges) {
    try {
      return RelayShare.places(feeder, NodeRanges.parse(ranges));
    } catch (IllegalArgumentException e) {
      throw new WireException(e.getMessage(), e);
    }
  }

  private String nodes(BitSet places) {
    return "nodes " + NodeRanges.of(places.stream().mapToObj(feeder.ids()::get).toList());
  }

  /**
   * For each relay the places of the sites behind it, when all relays are there.
   *
   * @throws WireException naming sites that are behind none
   */
  synchronized List<BitSet> shares() {
    BitSet left = new BitSet();
    left.set(0, feeder.nodes().size());
    shares.forEach(left::andNot);
    if (!left.isEmpty()) {
      throw new WireException(
          "no relay has " + nodes(left) + "; name them in nodes.txt of one of " + names);
    }
    return List.copyOf(shares);
  }
}
