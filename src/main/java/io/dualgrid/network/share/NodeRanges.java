package io.dualgrid.network.share;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Ids of nodes as people write them: {@code 1-30,45}. */
public final class NodeRanges {
  /** A range is a few signs, whatever its length, and may come from another machine. */
  private static final int MOST_NODES = 1_000_000;

  private NodeRanges() {}

  /**
   * Reads ranges.
   *
   * @return the ids, ascending; none comes twice
   * @throws IllegalArgumentException saying what is none
   */
  public static NavigableSet<Integer> parse(String text) {
    NavigableSet<Integer> nodes = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.trim().split("-", -1);
      try {
        int first = Integer.parseInt(ends[0].trim());
        int last = ends.length == 2 ? Integer.parseInt(ends[1].trim()) : first;
        if (ends.length > 2 || first < 0 || last < first) {
          throw none(part);
        }
        if (last - first >= MOST_NODES - nodes.size()) {
          throw new IllegalArgumentException(
              "'" + part + "' makes more than " + MOST_NODES + " nodes");
        }
        for (int id = first; id <= last; id++) {
          if (!nodes.add(id)) {
            throw new IllegalArgumentException("node " + id + " is there twice");
          }
        }
      } catch (NumberFormatException e) {
        throw none(part);
      }
    }
    return nodes;
  }

  private static IllegalArgumentException none(String part) {
    return new IllegalArgumentException(
        "'" + part + "' is neither the id of a node nor a range of ids; write, say, 1-30,45");
  }

  /** Writes ids as ranges. */
  public static String of(Collection<Integer> ids) {
    List<String> parts = new ArrayList<>();
    List<Integer> sorted = new ArrayList<>(new TreeSet<>(ids));
    for (int k = 0; k < sorted.size(); ) {
      int first = sorted.get(k);
      int last = first;
      for (k++; k < sorted.size() && sorted.get(k) == last + 1; k++) {
        last++;
      }
      parts.add(first == last ? String.valueOf(first) : first + "-" + last);
    }
    return String.join(",", parts);
  }
}
