package io.dualgrid.consensus.newton;

import io.dualgrid.consensus.newton.Shortfall.Kind;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells people what is short: of each kind of limit and side the worst place, with node, step,
 * amount, limit, and the least that would do.
 */
public final class ShortfallReport {
  private static final String FILE = "case.json";

  private final NetworkLimits limits;
  private final FeederPaths paths;
  private final List<Integer> nodeIds;
  private final double stepHours;

  /**
   * For a feeder.
   *
   * @param nodeIds of the nodes as the paths number them
   * @param stepHours length of a time step
   */
  public ShortfallReport(
      NetworkLimits limits, FeederPaths paths, List<Integer> nodeIds, double stepHours) {
    this.limits = limits;
    this.paths = paths;
    this.nodeIds = nodeIds;
    this.stepHours = stepHours;
  }

  /**
   * The worst of each kind and side; empty where nothing is short.
   *
   * @param powerFactor what powerFactorMin of the root would have to be at most; NaN where that is
   *     not known, or where the root has none
   */
  public List<CaseProblem> problems(List<Shortfall> shortfalls, double powerFactor) {
    List<CaseProblem> problems = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (boolean lack : new boolean[] {true, false}) {
        List<Shortfall> same =
            shortfalls.stream().filter(one -> one.kind() == kind && one.lack() == lack).toList();
        same.stream()
            .max((a, b) -> Double.compare(a.amount(), b.amount()))
            .ifPresent(worst -> problems.add(problem(worst, same, powerFactor)));
      }
    }
    return problems;
  }

  /**
   * The way out that is always open to whoever plans a feeder.
   *
   * @param factor of all loads, below one
   */
  public static CaseProblem loads(double factor) {
    String shown = lowered(factor);
    return new CaseProblem(
        FILE,
        "",
        "P_load, Q_load",
        "",
        "with "
            + shown
            + " of each of them, and devices as in the least broken dispatch, nothing is"
            + " short",
        "multiply all by that factor, where no other way is open");
  }

  /**
   * The way out where the root could supply more reactive power but for its least power factor.
   *
   * @param root id of its node
   * @param factor with which nothing is short of it
   */
  public static CaseProblem powerFactor(int root, double factor) {
    return new CaseProblem(
        FILE,
        "node " + root,
        "powerFactorMin",
        "",
        "is at most "
            + lowered(factor)
            + " where its grid interface supplies all that it has to, with devices as in the least"
            + " broken dispatch",
        "lower it to that, if its limits of reactive power are wider");
  }

  /** Downwards, so that what is told does. */
  private static String lowered(double factor) {
    return NumberText.show(Math.floor(1e4 * factor) / 1e4);
  }

  private CaseProblem problem(Shortfall worst, List<Shortfall> same, double powerFactor) {
    return switch (worst.kind()) {
      case VOLTAGE -> voltage(worst, same);
      case FLOW ->
          new CaseProblem(
              FILE,
              place(worst),
              "line above",
              "",
              power(worst, "kW or kvar") + beyond(worst, same, "exchangeMaxKw"),
              "raise limits.exchangeMaxKw by as much, or " + below(worst));
      case RATING ->
          new CaseProblem(
              FILE,
              place(worst),
              "ratingKva of the line above",
              "",
              power(worst, "kVA") + beyond(worst, same, "its rating"),
              "raise the rating by as much, or " + below(worst));
      case ACTIVE_BALANCE -> {
        String field = worst.lack() ? "buyMaxKw" : "sellMaxKw";
        yield new CaseProblem(
            FILE,
            place(worst),
            field,
            "",
            power(worst, "kW")
                + (worst.lack() ? " too few" : " nobody takes")
                + at(worst, same)
                + ", whatever the devices do",
            "raise " + field + " of the root by as much");
      }
      case REACTIVE_BALANCE -> reactive(worst, same, powerFactor);
      case EXCHANGE ->
          new CaseProblem(
              FILE,
              place(worst),
              "exchangeMaxKw",
              "",
              power(worst, "kW")
                  + " too much "
                  + (worst.lack() ? "bought" : "sold")
                  + at(worst, same)
                  + ", whatever the devices do",
              "raise limits.exchangeMaxKw by as much, or "
                  + (worst.lack() ? "add supply" : "take up power")
                  + " at that node");
    };
  }

  private String beyond(Shortfall worst, List<Shortfall> same, String limit) {
    return " too much "
        + (worst.lack() ? "towards the node" : "away from the node")
        + at(worst, same)
        + " for "
        + limit
        + ", whatever the devices do";
  }

  private static String below(Shortfall worst) {
    return (worst.lack() ? "add supply" : "take up power") + " below it";
  }

  private CaseProblem reactive(Shortfall worst, List<Shortfall> same, double powerFactor) {
    boolean held = powerFactor > 0 && powerFactor < 1;
    String widen =
        worst.lack()
            ? "raise reactiveMaxKvar of the root's grid interface by as much"
            : "lower reactiveMinKvar of the root's grid interface by as much";
    return new CaseProblem(
        FILE,
        place(worst),
        held ? "powerFactorMin" : "reactive power",
        "",
        power(worst, "kvar")
            + (worst.lack() ? " too few" : " nobody takes")
            + at(worst, same)
            + ", whatever the devices do",
        (held
                ? "lower powerFactorMin of the root's grid interface to " + lowered(powerFactor)
                : widen + ", or lower its powerFactorMin where it has one")
            + ", or "
            + (worst.lack() ? "add" : "take up")
            + " as many kvar on the feeder");
  }

  private CaseProblem voltage(Shortfall worst, List<Shortfall> same) {
    double limit = worst.lack() ? limits.voltageMinPu() : limits.voltageMaxPu();
    String name = worst.lack() ? "voltageMinPu" : "voltageMaxPu";
    double towards = worst.lack() ? -worst.amount() : worst.amount(); // as levels have it
    VoltageForm form = limits.voltageForm();
    double voltage = form.voltage(form.level(limit) + towards);
    String amount = shown(Math.abs(voltage - limit));
    RowPlace place = new RowPlace(RowPlace.Kind.VOLTAGE, worst.node(), worst.step());
    double rootLevel = form.level(limits.rootVoltagePu());
    double root = form.voltage(rootLevel - towards * rootLevel / paths.unloaded(place));
    return new CaseProblem(
        FILE,
        place(worst),
        "V",
        shown(voltage),
        "p.u. is the best voltage"
            + at(worst, same)
            + " whatever the devices do, "
            + amount
            + " p.u. "
            + (worst.lack() ? "below " : "above ")
            + name
            + " = "
            + shown(limit),
        (worst.lack() ? "raise" : "lower")
            + " rootVoltagePu by "
            + shown(Math.abs(root - limits.rootVoltagePu()))
            + ", move "
            + name
            + " by "
            + amount
            + ", or "
            + (worst.lack() ? "add supply" : "take up")
            + " at that node: "
            + supply(worst.amount(), paths.share(place, worst.node())));
  }

  /** How much of P or of Q at a node moves its own voltage by so much. */
  private String supply(double amount, RowShare share) {
    List<String> ways = new ArrayList<>();
    if (share.reactive() > 0) {
      ways.add(shown(amount / share.reactive() * limits.basePowerKw()) + " kvar");
    }
    if (share.active() > 0) {
      ways.add(shown(amount / share.active() * limits.basePowerKw()) + " kW");
    }
    return ways.isEmpty() ? "its line has no impedance" : String.join(" or ", ways);
  }

  private String place(Shortfall shortfall) {
    return "node " + nodeIds.get(shortfall.node());
  }

  private String power(Shortfall shortfall, String unit) {
    return shown(shortfall.amount() * limits.basePowerKw()) + " " + unit;
  }

  /** The step, and how many more there are. */
  private String at(Shortfall worst, List<Shortfall> same) {
    long steps = same.stream().mapToInt(Shortfall::step).distinct().count();
    return " at step "
        + worst.step()
        + " (from "
        + NumberText.show(worst.step() * stepHours)
        + " h"
        + (steps > 1 ? "; the worst of " + steps + " steps" : "")
        + ")";
  }

  private static String shown(double value) {
    return NumberText.show(Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)));
  }
}
