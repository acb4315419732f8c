package io.dualgrid.powerflow;

import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * AC power flow on a tree by backward and forward sweeps (Shirmohammadi, Hong, Semlyen and Luo, "A
 * compensation-based power flow method for weakly meshed distribution and transmission networks",
 * IEEE Trans. Power Systems 3(2), 1988). Nothing is linearised: complex voltages, losses, shunts by
 * V², ideal transformers.
 *
 * <p>Per unit, with S the supply of node j, Y = G + jB its shunt, z and a impedance and ratio of
 * the line i→j above it:
 *
 * <pre>
 *   backward   J_j = −conj(S_j / V_j) + Y_j·V_j          current that the node draws
 *              I_j = J_j + Σ_k I_k / a_k                 over the lines j→k below
 *   forward    V_j = V_i / a_j − z_j·I_j
 * </pre>
 *
 * <p>With the voltages of a forward sweep and the currents that led to them, Kirchhoff's laws hold
 * exactly but node j draws V_j·conj(J_j) instead of |V_j|²·conj(Y_j) − S_j. The sweeps end when the
 * largest such mismatch is below {@value #TOLERANCE} p.u. of the base power; each takes O(nodes). A
 * supply beyond what the feeder can carry has no solution, and the sweeps do not converge.
 *
 * <p>Immutable, so any number of threads may use one.
 */
public final class RadialFlow {
  /** Largest mismatch of a converged flow, per unit of the base power. */
  public static final double TOLERANCE = 1e-10;

  private static final int MOST_SWEEPS = 1000;

  private final List<Integer> nodes;
  private final int[] parent;
  private final double[] resistance;
  private final double[] reactance;
  private final double[] ratio;
  private final double rootVoltage;
  private final double basePowerKw;

  /** For a feeder, its bases and the voltage at its root. */
  public RadialFlow(FeederTree tree, NetworkLimits limits) {
    nodes = tree.topDown();
    int n = nodes.size();
    parent = new int[n];
    resistance = new double[n];
    reactance = new double[n];
    ratio = new double[n];
    rootVoltage = limits.rootVoltagePu();
    basePowerKw = limits.basePowerKw();
    Map<Integer, Integer> index = new HashMap<>();
    for (int j = 0; j < n; j++) {
      index.put(nodes.get(j), j);
      Line line = tree.parentLine(nodes.get(j));
      parent[j] = line == null ? -1 : index.get(line.from());
      ratio[j] = line == null ? 1.0 : line.ratio();
      resistance[j] = line == null ? 0.0 : line.resistanceOhm() / limits.baseImpedanceOhm();
      reactance[j] = line == null ? 0.0 : line.reactanceOhm() / limits.baseImpedanceOhm();
    }
  }

  /** Ids of the nodes in the order of all arrays, the root first. */
  public List<Integer> nodes() {
    return nodes;
  }

  /**
   * Solves one step.
   *
   * @param powers of the nodes; those of the root are not looked at but for its shunt, as the root
   *     supplies whatever is missing
   */
  public FlowSolution solve(NodePowers powers) {
    int n = nodes.size();
    double[] active = perUnit(powers.activeKw());
    double[] reactive = perUnit(powers.reactiveKvar());
    double[] conductance = perUnit(powers.conductanceKw());
    double[] susceptance = perUnit(powers.susceptanceKvar());
    active[0] = 0.0;
    reactive[0] = 0.0;
    double[] vRe = new double[n];
    double[] vIm = new double[n];
    vRe[0] = rootVoltage;
    for (int j = 1; j < n; j++) {
      vRe[j] = vRe[parent[j]] / ratio[j];
    }
    double[] jRe = new double[n];
    double[] jIm = new double[n];
    double[] iRe = new double[n];
    double[] iIm = new double[n];
    double mismatch = Double.POSITIVE_INFINITY;
    int sweeps = 0;
    while (mismatch > TOLERANCE && sweeps < MOST_SWEEPS) {
      sweeps++;
      for (int j = 0; j < n; j++) {
        double square = vRe[j] * vRe[j] + vIm[j] * vIm[j];
        // −conj(S/V) + Y·V
        jRe[j] =
            -(active[j] * vRe[j] + reactive[j] * vIm[j]) / square
                + conductance[j] * vRe[j]
                - susceptance[j] * vIm[j];
        jIm[j] =
            -(active[j] * vIm[j] - reactive[j] * vRe[j]) / square
                + conductance[j] * vIm[j]
                + susceptance[j] * vRe[j];
        iRe[j] = jRe[j];
        iIm[j] = jIm[j];
      }
      for (int j = n - 1; j > 0; j--) {
        iRe[parent[j]] += iRe[j] / ratio[j];
        iIm[parent[j]] += iIm[j] / ratio[j];
      }
      mismatch = 0.0;
      for (int j = 1; j < n; j++) {
        int i = parent[j];
        vRe[j] = vRe[i] / ratio[j] - (resistance[j] * iRe[j] - reactance[j] * iIm[j]);
        vIm[j] = vIm[i] / ratio[j] - (resistance[j] * iIm[j] + reactance[j] * iRe[j]);
        double square = vRe[j] * vRe[j] + vIm[j] * vIm[j];
        double drawn = vRe[j] * jRe[j] + vIm[j] * jIm[j];
        double drawnReactive = vIm[j] * jRe[j] - vRe[j] * jIm[j];
        mismatch =
            larger(
                mismatch,
                Math.hypot(
                    drawn - (square * conductance[j] - active[j]),
                    drawnReactive - (-square * susceptance[j] - reactive[j])));
      }
    }
    return solution(mismatch, sweeps, vRe, vIm, iRe, iIm);
  }

  /** The larger one, what is not a number being larger than all: such a flow has not converged. */
  private static double larger(double mismatch, double other) {
    return Double.isNaN(other) ? Double.POSITIVE_INFINITY : Math.max(mismatch, other);
  }

  private FlowSolution solution(
      double mismatch, int sweeps, double[] vRe, double[] vIm, double[] iRe, double[] iIm) {
    int n = vRe.length;
    double[] voltage = new double[n];
    double[] angle = new double[n];
    double[] fromKw = new double[n];
    double[] fromKvar = new double[n];
    double[] toKw = new double[n];
    double[] toKvar = new double[n];
    for (int j = 0; j < n; j++) {
      voltage[j] = Math.hypot(vRe[j], vIm[j]);
      angle[j] = Math.toDegrees(Math.atan2(vIm[j], vRe[j]));
      if (j > 0) {
        int i = parent[j];
        toKw[j] = basePowerKw * (vRe[j] * iRe[j] + vIm[j] * iIm[j]);
        toKvar[j] = basePowerKw * (vIm[j] * iRe[j] - vRe[j] * iIm[j]);
        fromKw[j] = basePowerKw * (vRe[i] * iRe[j] + vIm[i] * iIm[j]) / ratio[j];
        fromKvar[j] = basePowerKw * (vIm[i] * iRe[j] - vRe[i] * iIm[j]) / ratio[j];
      }
    }
    return new FlowSolution(
        mismatch <= TOLERANCE,
        sweeps,
        mismatch,
        voltage,
        angle,
        fromKw,
        fromKvar,
        toKw,
        toKvar,
        basePowerKw * (vRe[0] * iRe[0] + vIm[0] * iIm[0]),
        basePowerKw * (vIm[0] * iRe[0] - vRe[0] * iIm[0]));
  }

  private double[] perUnit(double[] kilo) {
    double[] values = kilo.clone();
    for (int j = 0; j < values.length; j++) {
      values[j] /= basePowerKw;
    }
    return values;
  }
}
