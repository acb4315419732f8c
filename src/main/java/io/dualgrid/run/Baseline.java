package io.dualgrid.run;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.runtime.WorkerPool;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every site for itself: each trades with the grid above alone, at the prices of the root, and pays
 * the network charge on what it feeds in; nobody's energy goes to a neighbour. Limits of voltages
 * and flows are left out, and so are those of reactive power at the root: this is what sites would
 * like to do on their own, whether or not the feeder can carry it.
 *
 * @param sites the optimum of each site by node, in the order of the case
 */
public record Baseline(Map<Integer, CentralResult> sites) {
  /** Copies the map. */
  public Baseline {
    sites = new LinkedHashMap<>(sites);
  }

  /**
   * Solves each site.
   *
   * @param asGiven the case; devices that are switched on and off are relaxed
   * @param settings of which steps, sampling, the form of voltages and threads count
   * @throws io.dualgrid.problem.CaseException when the steps do not divide the rows of the profiles
   */
  public static Baseline of(GridCase asGiven, RunSettings settings) {
    List<DeviceSpec> connections = new ArrayList<>();
    for (GridInterface own : GridInterface.among(devicesOfRoot(asGiven))) {
      connections.add(
          new GridInterface(
              own.buyMaxKw(),
              own.sellMaxKw(),
              own.buyPricePerKwh(),
              own.sellPricePerKwh(),
              Double.NaN));
    }
    Map<Integer, CentralResult> sites = new LinkedHashMap<>();
    try (WorkerPool pool = new WorkerPool(settings.threads())) {
      List<CentralResult> results =
          pool.map(
              asGiven.nodes(),
              node ->
                  ofSite(
                      node.id(),
                      DispatchEngine.central(alone(asGiven, node, connections), settings)));
      for (int i = 0; i < results.size(); i++) {
        sites.put(asGiven.nodes().get(i).id(), results.get(i));
      }
    }
    return new Baseline(sites);
  }

  private static List<DeviceSpec> devicesOfRoot(GridCase gridCase) {
    return gridCase.nodes().stream()
        .filter(node -> node.id() == gridCase.tree().root())
        .findFirst()
        .orElseThrow()
        .devices();
  }

  /** A site behind a line that takes nothing from what it carries; the root behind none. */
  private static GridCase alone(GridCase gridCase, Node site, List<DeviceSpec> connections) {
    int root = gridCase.tree().root();
    List<Node> nodes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    List<DeviceSpec> atRoot = new ArrayList<>(connections);
    if (site.id() == root) {
      site.devices().stream()
          .filter(device -> !(device instanceof GridInterface))
          .forEach(atRoot::add);
    }
    nodes.add(new Node(root, "grid", atRoot));
    if (site.id() != root) {
      nodes.add(site);
      lines.add(new Line(root, site.id(), 0.0, 0.0));
    }
    return new GridCase(
        gridCase.name() + ", node " + site.id() + " alone",
        gridCase.source(),
        gridCase.limits(),
        nodes,
        lines,
        new FeederTree(nodes.stream().map(Node::id).toList(), lines),
        gridCase.facts());
  }

  /** The result with what is bought and sold as the site's own, which it is here. */
  private static CentralResult ofSite(int node, CentralResult result) {
    return result.with(own(node, result.dispatch()), own(node, result.costs()));
  }

  private static List<DispatchSeries> own(int node, List<DispatchSeries> series) {
    String id = Integer.toString(node);
    return series.stream()
        .filter(
            one ->
                !one.device().equals("line") && !one.device().equals("bus")
                    || one.node().equals(id))
        .map(one -> new DispatchSeries(id, one.device(), one.quantity(), one.unit(), one.values()))
        .toList();
  }

  /** Nodes whose site cannot do without the others, whatever it buys. */
  public List<Integer> unserved() {
    List<Integer> unserved = new ArrayList<>();
    sites.forEach(
        (node, result) -> {
          if (!result.solved()) {
            unserved.add(node);
          }
        });
    return unserved;
  }

  /** Cost of all sites in currency; NaN where one cannot be served. */
  public double totalCost() {
    return sites.values().stream().mapToDouble(CentralResult::totalCost).sum();
  }

  /** The series of all sites. */
  public List<DispatchSeries> dispatch() {
    return sites.values().stream().flatMap(site -> site.dispatch().stream()).toList();
  }

  /** What the cost of all sites is made of, see {@link RunResult#costs}. */
  public List<DispatchSeries> costs() {
    return sites.values().stream().flatMap(site -> site.costs().stream()).toList();
  }
}
