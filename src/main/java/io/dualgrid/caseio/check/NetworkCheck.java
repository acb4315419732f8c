package io.dualgrid.caseio.check;

import io.dualgrid.feeder.Line;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.Glance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Names every reason why nodes and lines are not one tree that is directed away from the grid
 * interface.
 */
public final class NetworkCheck {
  /** More than real feeders have; guards memory and time, also of what reads the case back. */
  public static final int MOST_NODES = 50_000;

  /** Loops whose nodes are named: each may be as long as the feeder. */
  private static final int MOST_LOOPS = 100;

  /** Nodes that one message names. */
  private static final int MOST_SHOWN = 50;

  private final String file;
  private final List<Integer> nodes;
  private final List<Line> lines;
  private final String nodesName;
  private final List<String> places;
  private final Consumer<CaseProblem> problems;
  private final Map<Integer, List<Integer>> outgoing = new HashMap<>();
  private final Map<Integer, List<Integer>> incoming = new HashMap<>();

  /**
   * A check of a file with nodes and lines.
   *
   * @param file for messages
   * @param nodes ids in the order of the file, duplicates included
   * @param lines in the order of the file
   */
  public NetworkCheck(
      String file, List<Integer> nodes, List<Line> lines, Consumer<CaseProblem> problems) {
    this(file, "nodes", nodes, lines, List.of(), problems);
  }

  /**
   * A check of tables.
   *
   * @param file of the lines
   * @param nodesName where a node is added, for messages
   * @param places of the lines, for messages
   */
  public NetworkCheck(
      String file,
      String nodesName,
      List<Integer> nodes,
      List<Line> lines,
      List<String> places,
      Consumer<CaseProblem> problems) {
    this.file = file;
    this.nodesName = nodesName;
    this.nodes = nodes;
    this.lines = lines;
    this.places = places;
    this.problems = problems;
  }

  private String place(int index) {
    return places.isEmpty() ? place(index, lines.get(index)) : places.get(index);
  }

  /**
   * What is wrong with a number of nodes or of lines, beside the way out; empty when nothing is.
   */
  public static Optional<CaseProblem> tooMany(String file, String field, int count) {
    return count <= MOST_NODES
        ? Optional.empty()
        : Optional.of(
            new CaseProblem(
                file,
                "",
                field,
                Integer.toString(count),
                "is more than " + MOST_NODES + ", the most that is read",
                "split the feeder where it branches, or leave out its far ends"));
  }

  /** The place of a line in messages. */
  public static String place(int index, Line line) {
    return "line " + (index + 1) + " (" + line.from() + " -> " + line.to() + ")";
  }

  /**
   * Reports every defect.
   *
   * @param interfaces the nodes with a grid interface, once per interface
   */
  public void run(List<Integer> interfaces) {
    Set<Integer> known = uniqueNodes();
    List<Integer> sound = soundLines(known);
    Integer root = root(known, sound, interfaces);
    if (root != null) {
      walk(root, known, sound);
    }
  }

  private Set<Integer> uniqueNodes() {
    Set<Integer> known = new LinkedHashSet<>();
    for (int k = 0; k < nodes.size(); k++) {
      if (!known.add(nodes.get(k))) {
        problem(
            "entry " + (k + 1) + " of nodes",
            "id",
            nodes.get(k).toString(),
            "node " + nodes.get(k) + " is there twice",
            "give every node its own id, or remove the second entry");
      }
    }
    return known;
  }

  /** Lines between two different known nodes that no earlier line joins. */
  private List<Integer> soundLines(Set<Integer> known) {
    List<Integer> sound = new ArrayList<>();
    Map<Set<Integer>, Integer> seen = new HashMap<>();
    for (int k = 0; k < lines.size(); k++) {
      Line line = lines.get(k);
      String place = place(k);
      boolean ends = end(known, place, "from", line.from()) & end(known, place, "to", line.to());
      if (!ends) {
        continue;
      }
      if (line.from() == line.to()) {
        problem(place, "to", "" + line.to(), "the line ends where it starts", "correct an end");
        continue;
      }
      Integer first = seen.putIfAbsent(Set.of(line.from(), line.to()), k);
      if (first != null) {
        problem(
            place,
            "",
            "",
            "joins the same nodes as line " + (first + 1),
            "keep one line with the joint impedance of both");
        continue;
      }
      sound.add(k);
    }
    return sound;
  }

  private boolean end(Set<Integer> known, String place, String field, int node) {
    if (!known.contains(node)) {
      problem(
          place,
          field,
          "" + node,
          "there is no such node",
          "add node " + node + " to " + nodesName + ", or correct the end of the line");
      return false;
    }
    return true;
  }

  private Integer root(Set<Integer> known, List<Integer> sound, List<Integer> interfaces) {
    Set<Integer> roots = new LinkedHashSet<>(known);
    sound.forEach(k -> roots.remove(lines.get(k).to()));
    Set<Integer> feeding = new LinkedHashSet<>(interfaces);
    if (feeding.isEmpty()) {
      String where = roots.size() == 1 ? "node " + roots.iterator().next() : "the root";
      problem(
          where,
          "devices",
          "",
          "no node has a grid interface (GI)",
          "add a device of kind GI to the root, the node that the grid above feeds");
      return roots.size() == 1 ? roots.iterator().next() : null;
    }
    if (feeding.size() > 1) {
      problem(
          "nodes " + text(feeding),
          "devices",
          "GI",
          "two roots: more than one node has a grid interface (GI)",
          "keep the one at the root; a feeder with two supplies is not radial");
    } else if (interfaces.size() > 1) {
      problem(
          "node " + feeding.iterator().next(),
          "devices",
          "GI",
          "more than one grid interface (GI) at the root",
          "join them into one");
    }
    return feeding.iterator().next();
  }

  /**
   * Follows the lines as they are directed first, then turns those that join the rest against their
   * direction; a line that joins two nodes already reached closes a loop.
   */
  private void walk(int root, Set<Integer> known, List<Integer> sound) {
    Map<Integer, Integer> parents = new HashMap<>();
    Set<Integer> unused = new LinkedHashSet<>(sound);
    for (int k : sound) {
      outgoing.computeIfAbsent(lines.get(k).from(), node -> new ArrayList<>()).add(k);
      incoming.computeIfAbsent(lines.get(k).to(), node -> new ArrayList<>()).add(k);
    }
    PriorityQueue<Integer> backward = new PriorityQueue<>(); // lines that end in a node reached
    parents.put(root, root);
    follow(root, parents, unused, backward);
    while (!backward.isEmpty()) {
      int k = backward.remove();
      Line line = lines.get(k);
      if (parents.containsKey(line.from())) {
        continue;
      }
      problem(
          place(k),
          "from",
          "" + line.from(),
          (line.to() == root ? "leads into the root" : "points towards the root")
              + ", so that node "
              + line.from()
              + " would be a second root",
          "swap the ends: from " + line.to() + " to " + line.from());
      unused.remove(k);
      parents.put(line.from(), line.to());
      follow(line.from(), parents, unused, backward);
    }
    int loops = 0;
    for (int k : unused) {
      Line line = lines.get(k);
      if (parents.containsKey(line.from())) {
        boolean traced = loops++ < MOST_LOOPS;
        problem(
            place(k),
            "",
            "",
            "closes a loop (cycle)" + (traced ? " over the nodes " + loop(line, parents) : ""),
            "remove the line of the loop that is normally open; the feeder must be radial");
      }
    }
    Set<Integer> reached = parents.keySet();
    Set<Integer> islands = new LinkedHashSet<>(known);
    islands.removeAll(reached);
    if (!islands.isEmpty()) {
      problem(
          (islands.size() == 1 ? "node " : "nodes ") + text(islands),
          "",
          "",
          "no path from root " + root,
          "add the missing line, or remove the nodes");
    }
  }

  /** Reaches all it can along the direction of unused lines, and takes those lines out. */
  private void follow(
      int start, Map<Integer, Integer> parents, Set<Integer> unused, Queue<Integer> backward) {
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
    while (!queue.isEmpty()) {
      int node = queue.remove();
      backward.addAll(incoming.getOrDefault(node, List.of()));
      for (int k : outgoing.getOrDefault(node, List.of())) {
        int to = lines.get(k).to();
        if (!parents.containsKey(to)) {
          unused.remove(k);
          parents.put(to, node);
          queue.add(to);
        }
      }
    }
  }

  private static String loop(Line line, Map<Integer, Integer> parents) {
    List<Integer> up = pathToRoot(line.from(), parents);
    List<Integer> down = pathToRoot(line.to(), parents);
    while (up.size() > 1
        && down.size() > 1
        && up.get(up.size() - 2).equals(down.get(down.size() - 2))) {
      up.remove(up.size() - 1);
      down.remove(down.size() - 1);
    }
    Set<Integer> loop = new LinkedHashSet<>(up);
    Collections.reverse(down);
    loop.addAll(down);
    return text(loop);
  }

  private static List<Integer> pathToRoot(int node, Map<Integer, Integer> parents) {
    List<Integer> path = new ArrayList<>(List.of(node));
    while (!parents.get(node).equals(node)) {
      node = parents.get(node);
      path.add(node);
    }
    return path;
  }

  private static String text(Set<Integer> ids) {
    return Glance.at(ids, MOST_SHOWN);
  }

  private void problem(String place, String field, String value, String message, String remedy) {
    problems.accept(new CaseProblem(file, place, field, value, message, remedy));
  }
}
