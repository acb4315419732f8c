package io.dualgrid.mask.attack.structure;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.DispatchQuantity;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What an attacker would have to read, from the program of an energy system and its solution. */
public final class TrueValues {
  private final DesProgram des;
  private final double[] x;
  private final double[] least;
  private final double[] most;
  private final Map<Quantity, List<Double>> values = new EnumMap<>(Quantity.class);

  private TrueValues(DesProgram des, double[] x) {
    this.des = des;
    this.x = x;
    QuadraticProgram program = des.program();
    least = new double[program.variableCount()];
    most = new double[program.variableCount()];
    Arrays.fill(least, Double.NEGATIVE_INFINITY);
    Arrays.fill(most, Double.POSITIVE_INFINITY);
    SparseMatrix byRow = program.constraints().transpose();
    for (int row = 0; row < program.rowCount(); row++) {
      int at = byRow.columnPointers()[row];
      if (byRow.columnPointers()[row + 1] == at + 1 && byRow.values()[at] == 1.0) {
        least[byRow.rowIndices()[at]] = program.lower()[row];
        most[byRow.rowIndices()[at]] = program.upper()[row];
      }
    }
  }

  /**
   * All values of all quantities; those that a program does not have are missing.
   *
   * @param x solution, length of the program's variables
   */
  public static Map<Quantity, List<Double>> of(DesProgram des, double[] x) {
    TrueValues truth = new TrueValues(des, x);
    truth.loadings();
    truth.scales();
    return truth.values;
  }

  /** Limit of the CHP in kW at which ratios to it are one; NaN where there is no CHP. */
  public static double chpLimitKw(DesProgram des) {
    TrueValues truth = new TrueValues(des, new double[des.program().variableCount()]);
    DispatchQuantity chp = truth.series("CHP", "P");
    return chp == null ? Double.NaN : truth.most[chp.variables()[0]] * des.horizon().basePowerKw();
  }

  private void loadings() {
    for (DispatchQuantity series : des.quantities()) {
      String kind = kind(series);
      boolean power = series.name().equals("P") || series.name().startsWith("P_");
      if (series.variables() == null || kind.equals("bus") || kind.equals("GI")) {
        continue;
      }
      for (int variable : series.variables()) {
        double width = most[variable] - least[variable];
        boolean free = width > 0 && width < Double.POSITIVE_INFINITY;
        if (free && series.name().equals("E")) {
          add(Quantity.STORAGE_LEVEL, x[variable] / most[variable]);
        } else if (free && power && kind.equals("CHP")) {
          add(Quantity.CHP_LOADING, x[variable] / most[variable]);
        } else if (free && power && !kind.equals("EH")) {
          double off = most[variable] > 0 ? least[variable] : most[variable];
          add(Quantity.DEVICE_LOADING, Math.abs(x[variable] - off) / width);
        }
      }
    }
  }

  private void scales() {
    DispatchQuantity chp = series("CHP", "P");
    if (chp == null) {
      return;
    }
    DispatchQuantity load = series("P_load", "P");
    DispatchQuantity sale = series("bus", "P_sell");
    double base = des.horizon().basePowerKw();
    for (int t = 0; t < chp.variables().length; t++) {
      double limit = most[chp.variables()[t]];
      for (DispatchQuantity series : des.quantities()) {
        if (kind(series).equals("PV") || kind(series).equals("WP")) {
          boolean available = series.name().equals("P") && most[series.variables()[t]] > 0;
          if (available) {
            add(Quantity.RENEWABLE_LIMIT, most[series.variables()[t]] / limit);
          }
        }
      }
      if (load != null) {
        add(Quantity.LOAD, -load.offset()[t] / base / limit);
      }
    }
    if (sale != null) {
      double[] cost = des.program().linear();
      add(Quantity.CHP_COST, cost[chp.variables()[0]] / cost[sale.variables()[0]]);
    }
  }

  private void add(Quantity quantity, double value) {
    values.computeIfAbsent(quantity, key -> new ArrayList<>()).add(value);
  }

  private DispatchQuantity series(String kind, String name) {
    return des.quantities().stream()
        .filter(series -> kind(series).equals(kind) && series.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The kind of device, without the number that tells several apart. */
  private static String kind(DispatchQuantity series) {
    return series.device().split("#", 2)[0];
  }
}
