package io.dualgrid.network.share;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The nodes of a feeder whose sites connect to one relay. */
public final class RelayShare {
  /** File in a relay's folder that names them, as {@link NodeRanges} does. */
  public static final String NAME = "nodes.txt";

  private static final long MOST_BYTES = 16L << 20;

  private RelayShare() {}

  /**
   * Cuts a feeder into shares of nearly the same size, each of branches that hang together as far
   * as that allows: lines between two shares are more work than lines within one.
   *
   * @param relays at least one, and no more than nodes
   * @return the ids of the nodes by relay
   */
  public static List<NavigableSet<Integer>> cut(FeederTree tree, int relays) {
    List<Integer> order = new ArrayList<>();
    Deque<Integer> next = new ArrayDeque<>(List.of(tree.root()));
    while (!next.isEmpty()) {
      int node = next.pop();
      order.add(node);
      List<Line> below = tree.childLines(node);
      for (int k = below.size() - 1; k >= 0; k--) {
        next.push(below.get(k).to());
      }
    }
    List<NavigableSet<Integer>> shares = new ArrayList<>();
    for (int relay = 0; relay < relays; relay++) {
      int from = (int) ((long) relay * order.size() / relays);
      int to = (int) ((relay + 1L) * order.size() / relays);
      shares.add(new TreeSet<>(order.subList(from, to)));
    }
    return shares;
  }

  /**
   * Places of nodes in a feeder.
   *
   * @throws IllegalArgumentException naming a node that is not in it
   */
  public static BitSet places(PublicFeeder feeder, Set<Integer> nodes) {
    Map<Integer, Integer> placeOf = new HashMap<>();
    for (PublicFeeder.PublicNode node : feeder.nodes()) {
      placeOf.put(node.id(), placeOf.size());
    }
    BitSet places = new BitSet();
    for (int node : nodes) {
      Integer place = placeOf.get(node);
      if (place == null) {
        throw new IllegalArgumentException("node " + node + " is not in " + feeder.name());
      }
      places.set(place);
    }
    return places;
  }

  /** What the file holds. */
  static byte[] bytes(Set<Integer> nodes) {
    return (NodeRanges.of(nodes) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the file.
   *
   * @throws CaseException naming file, value and way out
   */
  public static NavigableSet<Integer> read(Path file, PublicFeeder feeder) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw bad(file, "is larger than " + (MOST_BYTES >> 20) + " MB", null);
      }
      NavigableSet<Integer> nodes =
          NodeRanges.parse(Files.readString(file, StandardCharsets.UTF_8).strip());
      places(feeder, nodes);
      return nodes;
    } catch (IOException e) {
      throw bad(file, "cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw bad(file, e.getMessage(), e);
    }
  }

  private static CaseException bad(Path file, String what, Exception cause) {
    String remedy =
        "write the ids of the nodes whose sites connect to this relay, such as 1-30,45, or have"
            + " split CASE --relays N do it";
    CaseException told =
        new CaseException(
            file.toString(), List.of(new CaseProblem(file.toString(), "", "", "", what, remedy)));
    told.initCause(cause);
    return told;
  }
}
