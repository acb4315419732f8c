package io.dualgrid.commitment;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Switching;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.site.SiteProgram;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The states that one site fixes for itself: min cᵀx − sᵀEx + w‖Ex − u‖₁ over its own program and
 * states of 0 and 1, with s the prices at its node and u its relaxed active injections; the small w
 * decides where prices do not.
 */
public final class SiteStates {
  /** Relative, and absolute below a tenth of an hour of the base power at the dearest price. */
  private static final BranchAndBound.Gap GAP = new BranchAndBound.Gap(1e-4, 0.1);

  /** Nearly all of what can be found is found by then; of one site, some seconds. */
  private static final BranchAndBound.Effort EFFORT =
      new BranchAndBound.Effort(Duration.ofMinutes(5), 100);

  /** A thousandth of the dearest price: little beside a difference of prices that matters. */
  private static final double DECIDES_TIES = 1e-3;

  private SiteStates() {}

  /**
   * The cheapest at prices.
   *
   * @param own relaxed program of the site
   * @param costScale what costs are divided by
   * @param prices s of P, then of Q of each step, as divided; length 2T
   * @param injections u of P of each step, of which the first T count
   * @return states, null where none were found that keep the limits of the site; then also whether
   *     it is proved that there are none
   */
  public static BranchAndBound.Result cheapest(
      DesProgram own, double costScale, double[] prices, double[] injections) {
    SiteProgram site = SiteProgram.withoutLines(own, costScale);
    int[] place = new int[own.program().variableCount()];
    Arrays.fill(place, -1);
    for (int j = 0; j < site.places().length; j++) {
      place[site.places()[j]] = j;
    }
    List<Switching> switchings =
        own.switchings().stream().map(switching -> switching.in(j -> place[j])).toList();
    QuadraticProgram priced =
        priced(site, prices, injections, DECIDES_TIES * own.horizon().stepHours());
    return BranchAndBound.search(priced, switchings, GAP, EFFORT);
  }

  /** With a variable d(t) ≥ |injection(t) − u(t)| at the end for each step. */
  private static QuadraticProgram priced(
      SiteProgram site, double[] prices, double[] injections, double weight) {
    QuadraticProgram program = site.program();
    int n = program.variableCount();
    int m = program.rowCount();
    int steps = site.steps();
    double[] linear = Arrays.copyOf(program.linear(), n + steps);
    for (int c = 0; c < prices.length; c++) {
      linear[site.injections()[c]] -= prices[c];
    }
    SparseMatrix.Builder rows = SparseMatrix.builder(m + 2 * steps, n + steps);
    SparseMatrix a = program.constraints();
    for (int j = 0; j < n; j++) {
      for (int k = a.columnPointers()[j]; k < a.columnPointers()[j + 1]; k++) {
        rows.add(a.rowIndices()[k], j, a.values()[k]);
      }
    }
    double[] lower = Arrays.copyOf(program.lower(), m + 2 * steps);
    double[] upper = Arrays.copyOf(program.upper(), m + 2 * steps);
    for (int t = 0; t < steps; t++) {
      linear[n + t] = weight;
      int row = m + 2 * t;
      rows.add(row, n + t, 1.0);
      rows.add(row, site.injections()[t], -1.0);
      lower[row] = -injections[t];
      upper[row] = Double.POSITIVE_INFINITY;
      rows.add(row + 1, n + t, 1.0);
      rows.add(row + 1, site.injections()[t], 1.0);
      lower[row + 1] = injections[t];
      upper[row + 1] = Double.POSITIVE_INFINITY;
    }
    return new QuadraticProgram(
        program.name(),
        SparseMatrix.diagonal(new double[n + steps]),
        linear,
        rows.build(),
        lower,
        upper);
  }
}
