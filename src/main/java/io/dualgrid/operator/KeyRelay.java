package io.dualgrid.operator;

import io.dualgrid.auth.Company;
import io.dualgrid.auth.SignedKeyBundle;
import io.dualgrid.feeder.Line;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.Roster;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.securesum.SecureSumGraph;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands the edges each other's public keys. They are signed, so the operator can hold them back but
 * not change them. Each edge gets the keys of its partners in sums, of its neighbours, and of as
 * many sites with private devices in either half as prove that a sum has company.
 */
final class KeyRelay {
  private final Network network;
  private final Rounds rounds;

  KeyRelay(Network network, Rounds rounds) {
    this.network = network;
    this.rounds = rounds;
  }

  /** Collects all keys and passes them on; who stands behind sums, by what the sites claim. */
  Company run() {
    int edges = network.nodes().size();
    Roster roster = roster();
    for (int edge = 0; edge < edges; edge++) {
      rounds.introduce(edge, roster);
    }
    SiteKeys[] siteKeys = new SiteKeys[edges];
    LineKey[] lineKeys = new LineKey[2 * network.lines().size()];
    rounds.collectKeys(siteKeys, lineKeys);
    BitSet even = new BitSet();
    BitSet odd = new BitSet();
    for (int edge = 0; edge < edges; edge++) {
      if (roster.parents()[edge] >= 0
          && SignedKeyBundle.fromBytes(siteKeys[edge].bundle()).claimsPrivateDevices()) {
        (network.evenDepth(edge) ? even : odd).set(edge);
      }
    }
    BitSet witnesses = first(even);
    witnesses.or(first(odd));
    List<List<Integer>> ends = network.endsByEdge();
    for (int edge = 0; edge < edges; edge++) {
      BitSet concerned = (BitSet) witnesses.clone();
      for (int partner : SecureSumGraph.partners(edge, edges)) {
        concerned.set(partner);
      }
      for (int end : ends.get(edge)) {
        concerned.set(rounds.owner(end ^ 1));
      }
      concerned.clear(edge);
      int receiver = edge;
      concerned.stream().forEach(owner -> rounds.introduce(receiver, siteKeys[owner]));
    }
    for (int end = 0; end < lineKeys.length; end++) {
      rounds.introduce(rounds.owner(end ^ 1), lineKeys[end]);
    }
    return new Company(even.cardinality(), odd.cardinality());
  }

  private static BitSet first(BitSet sites) {
    BitSet few = new BitSet();
    sites.stream().limit(Company.LEAST).forEach(few::set);
    return few;
  }

  private Roster roster() {
    List<Integer> nodes = network.nodes();
    Map<Integer, Integer> places = new HashMap<>();
    for (int place = 0; place < nodes.size(); place++) {
      places.put(nodes.get(place), place);
    }
    int[] parents = new int[nodes.size()];
    for (int place = 0; place < parents.length; place++) {
      Line above = network.tree().parentLine(nodes.get(place));
      parents[place] = above == null ? -1 : places.get(above.from());
    }
    return new Roster(nodes.stream().mapToInt(Integer::intValue).toArray(), parents);
  }
}
