package io.dualgrid.device;

import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the variables, rows, costs and supplies of one energy system; blocks of variables span
 * the horizon, one a step. All values in per unit.
 */
public final class DesProgramBuilder {
  /**
   * Bounds nearer than this leave no choice, per unit: a milliwatt on a base of 1 MVA. Forecasts of
   * a night have such ([0, 1e-14] kW), and interior points find no inside there.
   */
  private static final double NARROW = 1e-9;

  private final String name;
  private final Horizon horizon;
  private final List<double[]> bounds = new ArrayList<>(); // per variable {lower, upper}
  private final List<Double> costs = new ArrayList<>();
  private final List<CostItem> costItems = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<DispatchQuantity> quantities = new ArrayList<>();
  private final List<OpposedPair> opposed = new ArrayList<>();
  private final List<Switching> switchings = new ArrayList<>();
  private final Map<Carrier, List<Supply>> supplies = new EnumMap<>(Carrier.class);
  private final Map<Carrier, double[]> fixed = new EnumMap<>(Carrier.class);
  private final Map<Carrier, double[]> loads = new EnumMap<>(Carrier.class);

  public DesProgramBuilder(String name, Horizon horizon) {
    this.name = name;
    this.horizon = horizon;
    for (Carrier carrier : Carrier.values()) {
      supplies.put(carrier, new ArrayList<>());
      fixed.put(carrier, new double[horizon.steps()]);
    }
  }

  public Horizon horizon() {
    return horizon;
  }

  public int steps() {
    return horizon.steps();
  }

  /** A block of variables with bounds of each step; infinite where there is none. */
  public int[] variables(double[] lower, double[] upper) {
    int[] block = new int[steps()];
    for (int t = 0; t < block.length; t++) {
      block[t] = bounds.size();
      bounds.add(new double[] {lower[t], upper[t]});
      costs.add(0.0);
    }
    return block;
  }

  public int[] variables(double lower, double upper) {
    return variables(horizon.constant(lower), horizon.constant(upper));
  }

  /**
   * Declares what a block of variables, which has no cost yet, costs per unit.
   *
   * @param device label of the device, bus for the node as a whole
   * @param part what for
   * @param pricePerKwh in currency at each step
   */
  public void cost(String device, CostPart part, int[] block, double[] pricePerKwh) {
    double[] perKw = new double[block.length];
    for (int t = 0; t < block.length; t++) {
      perKw[t] = pricePerKwh[t] * horizon.stepHours();
    }
    costOfStep(device, part, block, perKw);
  }

  private void costOfStep(String device, CostPart part, int[] block, double[] perKw) {
    for (int t = 0; t < block.length; t++) {
      costs.set(block[t], perKw[t] / horizon.moneyUnit());
    }
    costItems.add(new CostItem(device, part, block));
  }

  /** A row lower ≤ Σ coefficients · variables ≤ upper. */
  public void row(int[] variables, double[] coefficients, double lower, double upper) {
    rows.add(new Row(variables, coefficients, lower, upper));
  }

  /** Declares that factor times each variable of the block feeds a balance. */
  public void supply(Carrier carrier, int[] block, double factor) {
    supplies.get(carrier).add(new Supply(block, factor));
  }

  /** Declares a fixed supply, negative for a load. */
  public void supplyFixed(Carrier carrier, double[] values) {
    double[] sum = fixed.get(carrier);
    for (int t = 0; t < sum.length; t++) {
      sum[t] += values[t];
    }
  }

  /** Declares a load that can be scaled as one with all others: a fixed supply of its negative. */
  public void load(Carrier carrier, double[] values) {
    double[] supplied = new double[values.length];
    double[] sum = loads.computeIfAbsent(carrier, any -> new double[steps()]);
    for (int t = 0; t < values.length; t++) {
      supplied[t] = -values[t];
      sum[t] += values[t];
    }
    supplyFixed(carrier, supplied);
  }

  /** Reactive power within a cone: |Q| ≤ P · tan(acos powerFactor), with P = sign · variable. */
  public int[] reactiveWithin(int[] power, double sign, double powerFactor) {
    double slope = sign * reactiveSlope(powerFactor);
    int[] reactive = variables(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    for (int t = 0; t < reactive.length; t++) {
      int[] pair = {power[t], reactive[t]};
      row(pair, new double[] {-slope, 1.0}, Double.NEGATIVE_INFINITY, 0.0);
      row(pair, new double[] {slope, 1.0}, 0.0, Double.POSITIVE_INFINITY);
    }
    return reactive;
  }

  /** tan(acos powerFactor): the most reactive power per active power. */
  static double reactiveSlope(double powerFactor) {
    return Math.sqrt(1 - powerFactor * powerFactor) / powerFactor;
  }

  /**
   * Declares two powers of a device that undo each other, so that results have their net where that
   * is a tie, and name both where it is none.
   */
  public void opposed(OpposedPair pair) {
    opposed.add(pair);
  }

  /**
   * On/off operation: power at zero, or from the smallest to the largest. Adds the state of each
   * step as a variable between 0 and 1, see {@link Switching}; nothing where it is not asked for.
   *
   * @param device label of the device
   * @param power its active power, a block of this program
   * @param sign of the power while it is on
   * @param powerMaxKw largest power
   */
  public void onOff(String device, int[] power, double sign, double powerMaxKw, OnOff onOff) {
    if (!onOff.isAsked()) {
      return;
    }
    int[] on = variables(0.0, 1.0);
    for (int t = 0; t < on.length; t++) {
      int[] pair = {power[t], on[t]};
      row(pair, new double[] {sign, -horizon.perUnit(powerMaxKw)}, Double.NEGATIVE_INFINITY, 0.0);
      row(
          pair,
          new double[] {sign, -horizon.perUnit(onOff.powerMinKw())},
          0.0,
          Double.POSITIVE_INFINITY);
    }
    int onSteps = onOff.onSteps(horizon);
    int offSteps = onOff.offSteps(horizon);
    boolean free = onSteps == 1 && offSteps == 1 && onOff.costOfStart() == 0;
    int[] starts = free ? null : starts(on, onSteps, offSteps);
    if (starts != null) {
      double perStart = onOff.costOfStart() / horizon.basePowerKw();
      costOfStep(device, CostPart.START, starts, horizon.constant(perStart));
    }
    switchings.add(new Switching(device, power, on, starts, onSteps, offSteps));
    quantity(device, "on", "1", on, 1.0);
  }

  /** Starts s of the states u, with the least times on (L steps) and off (l steps). */
  private int[] starts(int[] on, int onSteps, int offSteps) {
    double[] most = horizon.constant(1.0);
    most[0] = 0.0;
    int[] starts = variables(horizon.constant(0.0), most);
    for (int t = 1; t < on.length; t++) {
      // s(t) ≥ u(t) − u(t−1)
      row(
          new int[] {starts[t], on[t], on[t - 1]},
          new double[] {1.0, -1.0, 1.0},
          0.0,
          Double.POSITIVE_INFINITY);
      // whoever has started within L steps is on: Σ s(t−L+1 … t) ≤ u(t)
      sumOfStarts(starts, Math.max(1, t - onSteps + 1), t, on[t], -1.0, 0.0);
      // whoever starts within l steps was off before: Σ s(t−l+1 … t) ≤ 1 − u(t−l)
      int before = Math.max(0, t - offSteps);
      sumOfStarts(starts, before + 1, t, on[before], 1.0, 1.0);
    }
    return starts;
  }

  private void sumOfStarts(
      int[] starts, int first, int last, int state, double factor, double upper) {
    int count = last - first + 1;
    int[] variables = new int[count + 1];
    double[] coefficients = new double[count + 1];
    for (int k = 0; k < count; k++) {
      variables[k] = starts[first + k];
      coefficients[k] = 1.0;
    }
    variables[count] = state;
    coefficients[count] = factor;
    row(variables, coefficients, Double.NEGATIVE_INFINITY, upper);
  }

  /** Whether the devices alone can supply more of a carrier than they take at some step. */
  public boolean canExport(Carrier carrier) {
    double[] most = fixed.get(carrier).clone();
    for (Supply supply : supplies.get(carrier)) {
      for (int t = 0; t < most.length; t++) {
        double[] range = bounds.get(supply.block[t]);
        double value = supply.factor * (supply.factor > 0 ? range[1] : range[0]);
        most[t] += value;
      }
    }
    return Arrays.stream(most).anyMatch(value -> value > 0);
  }

  public boolean hasAny(Carrier carrier) {
    return !supplies.get(carrier).isEmpty()
        || Arrays.stream(fixed.get(carrier)).anyMatch(value -> value != 0);
  }

  /**
   * The row Σ supplies + Σ extra ∈ [lower, upper] at each step; equal bounds make it a balance.
   *
   * @param extra further blocks with their factors: line flows, sales
   */
  public void balance(Carrier carrier, List<Supply> extra, double lower, double upper) {
    List<Supply> terms = new ArrayList<>(supplies.get(carrier));
    terms.addAll(extra);
    for (int t = 0; t < steps(); t++) {
      int[] variables = new int[terms.size()];
      double[] coefficients = new double[terms.size()];
      for (int k = 0; k < variables.length; k++) {
        variables[k] = terms.get(k).block[t];
        coefficients[k] = terms.get(k).factor;
      }
      double constant = fixed.get(carrier)[t];
      row(variables, coefficients, lower - constant, upper - constant);
    }
  }

  public void quantity(String device, String quantity, String unit, int[] block, double factor) {
    quantities.add(new DispatchQuantity(device, quantity, unit, block, factor, null, null));
  }

  /** A voltage in p.u., which the block holds in a form. */
  public void voltage(String device, String quantity, int[] block, VoltageForm form) {
    quantities.add(new DispatchQuantity(device, quantity, "p.u.", block, 1.0, null, form));
  }

  public void fixedQuantity(String device, String quantity, String unit, double[] values) {
    quantities.add(new DispatchQuantity(device, quantity, unit, null, 0.0, values, null));
  }

  public DesProgram build(
      int nodeId,
      List<Port> ports,
      int[] activeInjection,
      int[] reactiveInjection,
      int[] nodeVoltage) {
    int n = bounds.size();
    for (int j = 0; j < n; j++) {
      double[] range = bounds.get(j);
      if (range[0] > Double.NEGATIVE_INFINITY || range[1] < Double.POSITIVE_INFINITY) {
        double[] solvable = wideOrFixed(range);
        row(new int[] {j}, new double[] {1.0}, solvable[0], solvable[1]);
      }
    }
    int m = rows.size();
    SparseMatrix.Builder matrix = SparseMatrix.builder(m, n);
    double[] lower = new double[m];
    double[] upper = new double[m];
    for (int i = 0; i < m; i++) {
      Row row = rows.get(i);
      lower[i] = row.lower;
      upper[i] = row.upper;
      for (int k = 0; k < row.variables.length; k++) {
        matrix.add(i, row.variables[k], row.coefficients[k]);
      }
    }
    double[] linear = costs.stream().mapToDouble(Double::doubleValue).toArray();
    QuadraticProgram program =
        new QuadraticProgram(
            name, SparseMatrix.diagonal(new double[n]), linear, matrix.build(), lower, upper);
    return new DesProgram(
        nodeId,
        horizon,
        program,
        ports,
        activeInjection,
        reactiveInjection,
        nodeVoltage,
        quantities,
        costItems,
        opposed,
        loads.getOrDefault(Carrier.ACTIVE, new double[steps()]),
        loads.getOrDefault(Carrier.REACTIVE, new double[steps()]),
        switchings);
  }

  /** Bounds that a solver's tolerance cannot tell apart, as one value: the nearer to zero. */
  private static double[] wideOrFixed(double[] range) {
    if (range[1] - range[0] > NARROW || range[1] <= range[0]) {
      return range;
    }
    double value = Math.abs(range[0]) < Math.abs(range[1]) ? range[0] : range[1];
    return new double[] {value, value};
  }

  /** A block of variables that enters a balance with a factor. */
  public record Supply(int[] block, double factor) {}

  private record Row(int[] variables, double[] coefficients, double lower, double upper) {}
}
