package io.dualgrid.site;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Profile;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.MoneyUnit;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole case, checked: a radial feeder, its energy systems and its limits.
 *
 * @param name short name
 * @param source where the figures come from
 * @param limits the network-wide constants
 * @param nodes in the order of the file
 * @param lines directed away from the root
 * @param tree the same network as a tree
 * @param facts for readers of results
 */
public record GridCase(
    String name,
    String source,
    NetworkLimits limits,
    List<Node> nodes,
    List<Line> lines,
    FeederTree tree,
    CaseFacts facts) {

  /** Copies the lists. */
  public GridCase {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  /** A case that states no facts beside what is solved. */
  public GridCase(
      String name,
      String source,
      NetworkLimits limits,
      List<Node> nodes,
      List<Line> lines,
      FeederTree tree) {
    this(name, source, limits, nodes, lines, tree, CaseFacts.NONE);
  }

  /** The same feeder with other devices, or more rows of profiles. */
  public GridCase with(NetworkLimits otherLimits, List<Node> otherNodes) {
    return new GridCase(name, source, otherLimits, otherNodes, lines, tree, facts);
  }

  /** The same case with other limits. */
  public GridCase withLimits(NetworkLimits other) {
    return new GridCase(name, source, other, nodes, lines, tree, facts);
  }

  /** Whether any device is switched on and off. */
  public boolean switchesDevices() {
    return nodes.stream()
        .flatMap(node -> node.devices().stream())
        .anyMatch(device -> device.onOff().isAsked());
  }

  /**
   * The tariff of the grid above: buy price of the root, which is public; zero where it has none.
   */
  public Profile tariffPerKwh() {
    return GridInterface.among(node(tree.root()).devices()).stream()
        .map(GridInterface::buyPricePerKwh)
        .findFirst()
        .orElseGet(() -> new Profile("", "", 1.0, new double[limits.profileRows()]));
  }

  /**
   * The time grid and the bases of a run.
   *
   * @throws IllegalArgumentException when the steps do not divide the rows of the profiles
   */
  public Horizon horizon(int steps, Sampling sampling) {
    double unit = MoneyUnit.of(tariffPerKwh().values(), limits.networkChargePerKwh());
    return Horizon.of(limits, steps, sampling, unit);
  }

  /**
   * A node by its id.
   *
   * @throws NoSuchElementException when there is none
   */
  public Node node(int id) {
    return nodes.stream()
        .filter(node -> node.id() == id)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("node " + id));
  }

  /**
   * Checks that the horizon can be cut into so many steps: they must divide the profile rows, and
   * no store may lose more than it holds in one step.
   *
   * @throws CaseException naming what does not fit
   */
  public void checkSteps(int steps) {
    List<CaseProblem> problems = stepProblems(steps);
    if (!problems.isEmpty()) {
      throw new CaseException(name, problems);
    }
  }

  /** All numbers of steps that {@link #checkSteps} lets pass, ascending. */
  public List<Integer> fittingSteps() {
    return IntStream.rangeClosed(1, limits.profileRows())
        .filter(steps -> limits.profileRows() % steps == 0 && stepProblems(steps).isEmpty())
        .boxed()
        .toList();
  }

  private List<CaseProblem> stepProblems(int steps) {
    List<CaseProblem> problems = new ArrayList<>();
    int rows = limits.profileRows();
    if (steps < 1 || rows % steps != 0) {
      String divisors =
          IntStream.rangeClosed(1, rows)
              .filter(k -> rows % k == 0)
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(", "));
      problems.add(
          new CaseProblem(
              name,
              "",
              "steps",
              Integer.toString(steps),
              "does not divide the " + rows + " rows of the profiles",
              "give one of " + divisors));
    } else {
      double stepHours = limits.horizonHours() / steps;
      for (Node node : nodes) {
        for (int k = 0; k < node.devices().size(); k++) {
          DeviceSpec device = node.devices().get(k);
          double lossPerHour = device.lossPerHour();
          if (lossPerHour * stepHours > 1) {
            problems.add(
                new CaseProblem(
                    name,
                    CaseProblem.devicePlace("node " + node.id(), k, device.kind()),
                    "lossPerHour",
                    NumberText.format(lossPerHour),
                    "is more than everything in a step of " + NumberText.format(stepHours) + " h",
                    "take more steps, or lower the loss"));
          }
        }
      }
    }
    return problems;
  }

  /**
   * One node of the network with the devices of its energy system; an empty list passes power on.
   *
   * @param id unique in the case
   * @param name for people
   * @param devices in the order of the file
   */
  public record Node(int id, String name, List<DeviceSpec> devices) {
    /** Copies the list. */
    public Node {
      devices = List.copyOf(devices);
    }

    /** Its name where it has one of its own; empty for its number and what is made of it. */
    public String ownName() {
      boolean own = !name.isBlank() && !List.of(id + "", "DES " + id, "node " + id).contains(name);
      return own ? name : "";
    }

    /** What results call its devices: the kind, with #2, #3 … for further ones. */
    public List<String> labels() {
      Map<String, Integer> count = new HashMap<>();
      List<String> labels = new ArrayList<>();
      for (DeviceSpec device : devices) {
        int number = count.merge(device.kind(), 1, Integer::sum);
        labels.add(number == 1 ? device.kind() : device.kind() + "#" + number);
      }
      return labels;
    }
  }
}
