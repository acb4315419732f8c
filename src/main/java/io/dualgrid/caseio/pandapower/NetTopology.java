package io.dualgrid.caseio.pandapower;

import io.dualgrid.caseio.ImportMessages;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.Pseudograph;

/**
 * What of a net is in use and fed: open switches cut, what no external grid feeds is dropped as
 * pandapower drops it, and external grids at one voltage are joined.
 */
final class NetTopology {
  private static final double SAME_VOLTAGE = 1e-9;

  private final PandapowerNet net;
  private final ImportMessages messages;
  private final Map<Integer, NetTable.Row> buses = new LinkedHashMap<>();
  private final Map<Integer, Set<Integer>> openLines = new HashMap<>(); // open ends
  private final Map<Integer, Set<Integer>> openTransformers = new HashMap<>();
  private final List<NetTable.Row> links = new ArrayList<>();
  private final List<NetTable.Row> sources = new ArrayList<>();

  NetTopology(PandapowerNet net, ImportMessages messages) {
    this.net = net;
    this.messages = messages;
    for (NetTable.Row bus : net.table("bus").inService()) {
      buses.put(bus.index(), bus);
    }
    readSwitches();
    keepWhatIsFed();
  }

  /** The buses in use by index. */
  Map<Integer, NetTable.Row> buses() {
    return buses;
  }

  /** The external grids, at most one a bus, the root first. */
  List<NetTable.Row> sources() {
    return sources;
  }

  int root() {
    return sources.get(0).reference("bus");
  }

  /** Nominal voltage of a bus. */
  double kilovolt(int bus) {
    return buses.get(bus).number("vn_kv");
  }

  /** Closed switches between two buses in use. */
  List<NetTable.Row> links() {
    return links.stream().filter(row -> inUse(row, "bus", "element")).toList();
  }

  /** Lines in use, open ones left out. */
  List<NetTable.Row> lines() {
    return net.table("line").inService().stream()
        .filter(row -> !openLines.containsKey(row.index()) && inUse(row, "from_bus", "to_bus"))
        .toList();
  }

  /** Transformers in use. */
  List<NetTable.Row> transformers() {
    return net.table("trafo").inService().stream()
        .filter(row -> !openTransformers.containsKey(row.index()) && inUse(row, "hv_bus", "lv_bus"))
        .toList();
  }

  /** Lines with one open end, by the bus that the other is at. */
  Map<NetTable.Row, Integer> danglingLines() {
    Map<NetTable.Row, Integer> dangling = new LinkedHashMap<>();
    for (NetTable.Row row : net.table("line").inService()) {
      Set<Integer> open = openLines.getOrDefault(row.index(), Set.of());
      for (String end : new String[] {"from_bus", "to_bus"}) {
        int bus = row.reference(end);
        if (open.size() == 1 && !open.contains(bus) && buses.containsKey(bus)) {
          dangling.put(row, bus);
        }
      }
    }
    return dangling;
  }

  private boolean inUse(NetTable.Row row, String from, String to) {
    return buses.containsKey(row.reference(from)) && buses.containsKey(row.reference(to));
  }

  private void readSwitches() {
    for (NetTable.Row row : net.table("switch").rows()) {
      boolean closed = row.flag("closed", true);
      switch (row.text("et")) {
        case "b" -> {
          if (closed) {
            links.add(row);
          }
        }
        case "l" -> open(row, closed, openLines, "line");
        case "t" -> open(row, closed, openTransformers, "trafo");
        default ->
            messages.unsupported(row.place(), "et", row.text("et"), "a switch at such an element");
      }
    }
  }

  private void open(
      NetTable.Row row, boolean closed, Map<Integer, Set<Integer>> opened, String kind) {
    if (!closed) {
      int element = row.reference("element");
      opened.computeIfAbsent(element, id -> new HashSet<>()).add(row.reference("bus"));
      messages.notice(
          kind + " " + element,
          "open; left out"
              + (kind.equals("line")
                  ? ", but for its charging where the other end is closed"
                  : ""));
    }
  }

  private void keepWhatIsFed() {
    Graph<Integer, DefaultEdge> graph = new Pseudograph<>(DefaultEdge.class);
    buses.keySet().forEach(graph::addVertex);
    links().forEach(row -> graph.addEdge(row.reference("bus"), row.reference("element")));
    lines().forEach(row -> graph.addEdge(row.reference("from_bus"), row.reference("to_bus")));
    transformers().forEach(row -> graph.addEdge(row.reference("hv_bus"), row.reference("lv_bus")));
    // asked bus by bus, the inspector would search, and keep, the part anew for each
    Map<Integer, Set<Integer>> partOf = new HashMap<>();
    for (Set<Integer> part : new ConnectivityInspector<>(graph).connectedSets()) {
      part.forEach(bus -> partOf.put(bus, part));
    }
    Map<Set<Integer>, NetTable.Row> fed = new IdentityHashMap<>();
    for (NetTable.Row source : net.table("ext_grid").inService()) {
      int bus = source.reference("bus");
      if (buses.containsKey(bus)) {
        NetTable.Row other = fed.put(partOf.get(bus), source);
        if (other != null) {
          messages.error(
              source.place(),
              "bus",
              Integer.toString(bus),
              "a second external grid in a part that " + other.place() + " feeds",
              "keep one, or open a line between them; a feeder has one supply");
        } else {
          join(source);
        }
      }
    }
    if (sources.isEmpty()) {
      boolean slack = net.table("gen").inService().stream().anyMatch(r -> r.flag("slack", false));
      messages.error(
          "ext_grid",
          "",
          "",
          "no external grid in service" + (slack ? ", and a generator with slack is none" : ""),
          "add one by pandapower.create_ext_grid" + (slack ? " in its place" : ""));
      return;
    }
    for (int bus : List.copyOf(buses.keySet())) {
      if (!fed.containsKey(partOf.get(bus))) {
        buses.remove(bus);
        messages.notice("bus " + bus, "no external grid feeds it; left out with all that is on it");
      }
    }
  }

  private void join(NetTable.Row source) {
    if (!sources.isEmpty()) {
      NetTable.Row root = sources.get(0);
      double voltage = source.number("vm_pu") * kilovolt(source.reference("bus"));
      double other = root.number("vm_pu") * kilovolt(root());
      if (kilovolt(source.reference("bus")) != kilovolt(root())
          || Math.abs(voltage - other) > SAME_VOLTAGE * other) {
        messages.error(
            source.place(),
            "vm_pu",
            NumberText.show(source.number("vm_pu")),
            "holds "
                + NumberText.show(voltage)
                + " kV and "
                + root.place()
                + " "
                + NumberText.show(other)
                + " kV, so that the two cannot be joined",
            "make a file of each part, with one external grid");
        return;
      }
      messages.notice(
          source.place(),
          "joined to bus "
              + root()
              + " by a line without impedance, as both external grids hold one voltage");
    }
    sources.add(source);
  }
}
