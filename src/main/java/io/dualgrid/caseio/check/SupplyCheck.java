package io.dualgrid.caseio.check;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Active power that cannot reach its loads: more than a line may carry to the nodes below it, or
 * than the root may buy. The model has no losses, so sums over the feeder decide. Conditions that
 * every dispatch meets; voltages and reactive power are left to the optimisation.
 */
public final class SupplyCheck {
  /** Sums of loads are known to this part of themselves. */
  private static final double ROUNDING = 1e-9;

  private final String file;
  private final GridCase gridCase;
  private final Map<Integer, Node> nodes = new HashMap<>();
  private final Consumer<CaseProblem> errors;

  public SupplyCheck(String file, GridCase gridCase, Consumer<CaseProblem> errors) {
    this.file = file;
    this.gridCase = gridCase;
    this.errors = errors;
    gridCase.nodes().forEach(node -> nodes.put(node.id(), node));
  }

  /** Reports the first row at which each limit is passed, of lines the ones farthest down only. */
  public void run() {
    NetworkLimits limits = gridCase.limits();
    FeederTree tree = gridCase.tree();
    Map<Integer, Boolean> told = new HashMap<>(); // by node, whether it or one below it was
    Map<Integer, Double> least = new HashMap<>();
    Map<Integer, Integer> rows = new HashMap<>();
    for (int row = 0; row < limits.profileRows(); row++) {
      int at = row;
      tree.subtreeSums(id -> leastDrawKw(nodes.get(id), at))
          .forEach(
              (id, draw) -> {
                if (draw > least.getOrDefault(id, Double.NEGATIVE_INFINITY)) {
                  least.put(id, draw);
                  rows.put(id, at);
                }
              });
    }
    for (int k = tree.topDown().size() - 1; k >= 0; k--) {
      int id = tree.topDown().get(k);
      boolean below = tree.childLines(id).stream().map(Line::to).anyMatch(child -> told.get(child));
      boolean passed =
          !below && id != tree.root() && exceeds(least.get(id), limits.exchangeMaxKw());
      if (passed) {
        error(
            "node " + id,
            "P_load",
            least.get(id),
            rows.get(id),
            "at the node and below it, more than exchangeMaxKw = "
                + NumberText.show(limits.exchangeMaxKw())
                + " kW, which its line may carry",
            "lower the loads or their factors, add supply, or raise limits.exchangeMaxKw");
      }
      told.put(id, below || passed);
    }
    int root = tree.root();
    double buyMaxKw = buyMaxKw(nodes.get(root));
    if (!told.get(root) && exceeds(least.get(root), buyMaxKw)) {
      error(
          "feeder",
          "P_load",
          least.get(root),
          rows.get(root),
          "on the whole feeder, more than the root may buy, buyMaxKw = "
              + NumberText.show(buyMaxKw)
              + " kW",
          "raise buyMaxKw, add supply, or lower the loads");
    }
  }

  private static boolean exceeds(double draw, double limit) {
    return draw > limit * (1 + ROUNDING) + ROUNDING;
  }

  /** Loads minus all that the devices of a node can supply, the grid interface left out. */
  private static double leastDrawKw(Node node, int row) {
    double draw = 0.0;
    for (DeviceSpec device : node.devices()) {
      draw += device.leastDrawKw(row);
    }
    return draw;
  }

  private static double buyMaxKw(Node root) {
    return GridInterface.among(root.devices()).stream().mapToDouble(GridInterface::buyMaxKw).sum();
  }

  private void error(
      String place, String field, double value, int row, String message, String remedy) {
    NetworkLimits limits = gridCase.limits();
    String hour = NumberText.show(row * limits.horizonHours() / limits.profileRows());
    errors.accept(
        new CaseProblem(
            file,
            place,
            field,
            NumberText.show(value),
            "kW that cannot be supplied on the spot at row "
                + (row + 2)
                + " (step from "
                + hour
                + " h) "
                + message,
            remedy));
  }
}
