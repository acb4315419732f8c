package io.dualgrid.caseio.check;

import io.dualgrid.device.Horizon;
import io.dualgrid.device.SupplyRange;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Reasons why no dispatch can exist that need no optimisation: power that no line or the root can
 * carry, and voltages that the best of all dispatches leaves outside their limits. From the ranges
 * of all devices, added up along the feeder, so that what is told here is proved; where nothing is
 * told an optimum may still not exist. On a feeder with loads alone the figures are those of the
 * linear power flow.
 */
public final class FeasibilityCheck {
  /** Sums of loads are known to this part of themselves. */
  private static final double ROUNDING = 1e-9;

  private final String file;
  private final GridCase gridCase;
  private final Horizon horizon;
  private final Map<Integer, SupplyRange> below = new HashMap<>();
  private final List<CaseProblem> problems = new ArrayList<>();

  private FeasibilityCheck(String file, GridCase gridCase, Horizon horizon) {
    this.file = file;
    this.gridCase = gridCase;
    this.horizon = horizon;
  }

  /**
   * Checks a case on a time grid.
   *
   * @param file for messages
   * @return what no dispatch can meet, at its worst step each: of lines the farthest down, of
   *     voltages the farthest out; none when nothing is proved
   */
  public static List<CaseProblem> run(String file, GridCase gridCase, Horizon horizon) {
    FeasibilityCheck check = new FeasibilityCheck(file, gridCase, horizon);
    check.addUp();
    check.checkSales();
    check.checkFlows();
    check.checkReactive();
    check.checkVoltages();
    return check.problems;
  }

  private FeederTree tree() {
    return gridCase.tree();
  }

  private void addUp() {
    gridCase.nodes().forEach(node -> below.put(node.id(), SupplyRange.of(node.devices(), horizon)));
    List<Integer> topDown = tree().topDown();
    for (int k = topDown.size() - 1; k >= 0; k--) {
      SupplyRange range = below.get(topDown.get(k));
      tree().childLines(topDown.get(k)).forEach(line -> range.add(below.get(line.to())));
    }
  }

  /** What a node by itself would have to sell beyond its limit. */
  private void checkSales() {
    double limit = gridCase.limits().exchangeMaxKw();
    for (GridCase.Node node : gridCase.nodes()) {
      SupplyRange own = SupplyRange.of(node.devices(), horizon);
      int step = worst(own::leastKw, 1);
      double surplus = own.leastKw(step);
      if (node.id() != tree().root() && exceeds(surplus, limit)) {
        problem(
            "node " + node.id(),
            "P_load",
            surplus,
            "kW that the node has to sell "
                + at(step)
                + ", more than exchangeMaxKw = "
                + NumberText.show(limit)
                + " kW",
            "raise limits.exchangeMaxKw, or take up power at the node");
      }
    }
  }

  private void checkFlows() {
    Map<Integer, Boolean> told = new HashMap<>(); // by node, whether it or one below it was
    for (int k = tree().topDown().size() - 1; k >= 0; k--) {
      int id = tree().topDown().get(k);
      boolean passed = tree().childLines(id).stream().anyMatch(child -> told.get(child.to()));
      if (!passed && id != tree().root()) {
        passed = checkLine(id);
      }
      told.put(id, passed);
    }
    if (!told.get(tree().root())) {
      checkRoot();
    }
  }

  private boolean checkLine(int id) {
    Line line = tree().parentLine(id);
    double limit = Math.min(gridCase.limits().exchangeMaxKw(), line.ratingKva());
    boolean rated = limit < gridCase.limits().exchangeMaxKw();
    String what = rated ? "ratingKva" : "exchangeMaxKw";
    int step = worst(below.get(id)::mostKw, -1);
    double draw = -below.get(id).mostKw(step);
    if (!exceeds(draw, limit)) {
      return false;
    }
    problem(
        "node " + id,
        "P_load",
        draw,
        "kW that cannot be supplied on the spot "
            + at(step)
            + " at the node and below it, more than "
            + what
            + " = "
            + NumberText.show(limit)
            + (rated ? " kVA" : " kW")
            + ", which its line may carry",
        "lower the loads or their factors, add supply, or raise "
            + (rated ? "the rating" : "limits.exchangeMaxKw"));
    return true;
  }

  private List<GridInterface> interfaces() {
    return GridInterface.among(gridCase.node(tree().root()).devices());
  }

  private void checkRoot() {
    SupplyRange feeder = below.get(tree().root());
    double buyMaxKw = 0;
    double sellMaxKw = 0;
    for (GridInterface grid : interfaces()) {
      buyMaxKw += grid.buyMaxKw();
      sellMaxKw += grid.sellMaxKw();
    }
    int step = worst(feeder::mostKw, -1);
    double draw = -feeder.mostKw(step);
    if (exceeds(draw, buyMaxKw)) {
      problem(
          "node " + tree().root(),
          "P_load",
          draw,
          "kW that cannot be supplied on the spot "
              + at(step)
              + " on the whole feeder, more than the root may buy, buyMaxKw = "
              + NumberText.show(buyMaxKw)
              + " kW",
          "raise buyMaxKw, add supply, or lower the loads");
    }
    step = worst(feeder::leastKw, 1);
    double surplus = feeder.leastKw(step);
    if (exceeds(surplus, sellMaxKw)) {
      problem(
          "node " + tree().root(),
          "P_load",
          surplus,
          "kW that nobody takes "
              + at(step)
              + " on the whole feeder, more than the root may sell, sellMaxKw = "
              + NumberText.show(sellMaxKw)
              + " kW",
          "raise sellMaxKw, or lower what is fed in");
    }
  }

  /** Reactive power that the grid above would have to give or take beyond its limits. */
  private void checkReactive() {
    SupplyRange feeder = below.get(tree().root());
    double least = 0;
    double most = 0;
    for (GridInterface grid : interfaces()) {
      double[] range = grid.reactiveRangeKvar();
      least += range[0];
      most += range[1];
    }
    int step = worst(feeder::mostKvar, -1);
    double draw = -feeder.mostKvar(step);
    if (beyond(draw, most)) {
      problem(
          "node " + tree().root(),
          "Q_load",
          draw,
          "kvar that cannot be supplied on the spot "
              + at(step)
              + " on the whole feeder, more than the grid above may give, "
              + NumberText.show(rounded(most))
              + " kvar",
          "raise reactiveMaxKvar or lower powerFactorMin of the GI, or add supply");
    }
    step = worst(feeder::leastKvar, 1);
    double surplus = feeder.leastKvar(step);
    if (beyond(surplus, -least)) {
      problem(
          "node " + tree().root(),
          "Q_load",
          surplus,
          "kvar that nobody takes "
              + at(step)
              + " on the whole feeder, more than the grid above may take, "
              + NumberText.show(rounded(-least))
              + " kvar",
          "lower reactiveMinKvar or powerFactorMin of the GI, or take out shunts");
    }
  }

  /** Voltages with all flows at their best end; R and X are nowhere negative. */
  private void checkVoltages() {
    NetworkLimits limits = gridCase.limits();
    Map<Integer, double[]> highest = new HashMap<>();
    Map<Integer, double[]> lowest = new HashMap<>();
    int steps = horizon.steps();
    double base = limits.basePowerKw() * limits.baseImpedanceOhm();
    double levelMin = limits.levelMin();
    double levelMax = limits.levelMax();
    Violation low = new Violation();
    Violation high = new Violation();
    for (int id : tree().topDown()) {
      double[] up = new double[steps];
      double[] down = new double[steps];
      Line line = tree().parentLine(id);
      if (line == null) {
        Arrays.fill(up, limits.rootLevel());
        Arrays.fill(down, limits.rootLevel());
      } else {
        SupplyRange range = below.get(id);
        double[] upAbove = highest.get(line.from());
        double[] downAbove = lowest.get(line.from());
        double ratio = limits.levelRatio(line);
        double r = line.resistanceOhm() / base;
        double x = line.reactanceOhm() / base;
        for (int t = 0; t < steps; t++) {
          up[t] = upAbove[t] / ratio + r * range.mostKw(t) + x * range.mostKvar(t);
          down[t] = downAbove[t] / ratio + r * range.leastKw(t) + x * range.leastKvar(t);
          low.see(id, t, levelMin - up[t]);
          high.see(id, t, down[t] - levelMax);
        }
      }
      if (!tree().childLines(id).isEmpty()) { // most nodes of a large feeder have none
        highest.put(id, up);
        lowest.put(id, down);
      }
    }
    low.tell("at most", "below voltageMinPu", limits.voltageMinPu(), -1);
    high.tell("at least", "above voltageMaxPu", limits.voltageMaxPu(), 1);
  }

  /** The largest violation of one limit. */
  private final class Violation {
    private double largest = ROUNDING;
    private int node = -1;
    private int step;

    void see(int id, int at, double amount) {
      if (amount > largest) {
        largest = amount;
        node = id;
        step = at;
      }
    }

    void tell(String bound, String limitName, double limit, int sign) {
      if (node >= 0) {
        VoltageForm form = gridCase.limits().voltageForm();
        double voltage = form.voltage(form.level(limit) + sign * largest);
        problem(
            "node " + node,
            "V",
            voltage,
            "is the voltage it has "
                + bound
                + " "
                + at(step)
                + ", by "
                + NumberText.show(rounded(Math.abs(voltage - limit)))
                + " p.u. "
                + limitName
                + " = "
                + NumberText.show(limit),
            "change the limit, the voltage of the root or a tap, the loads, or add supply there");
      }
    }
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }

  /** The step with the largest value times the sign. */
  private int worst(IntToDoubleFunction values, int sign) {
    int worst = 0;
    for (int t = 1; t < horizon.steps(); t++) {
      worst = sign * values.applyAsDouble(t) > sign * values.applyAsDouble(worst) ? t : worst;
    }
    return worst;
  }

  /** As {@link #exceeds}, of a limit of any sign. */
  private static boolean beyond(double value, double limit) {
    return value > limit + ROUNDING * (1 + Math.abs(limit));
  }

  private static boolean exceeds(double value, double limit) {
    return value > limit * (1 + ROUNDING) + ROUNDING;
  }

  /** The step for people: by the row of a profile where it begins, and by the hour. */
  private String at(int step) {
    int row = step * (gridCase.limits().profileRows() / horizon.steps());
    return "at row "
        + (row + 2)
        + " (step from "
        + NumberText.show(step * horizon.stepHours())
        + " h)";
  }

  private void problem(String place, String field, double value, String message, String remedy) {
    problems.add(
        new CaseProblem(file, place, field, NumberText.show(rounded(value)), message, remedy));
  }
}
