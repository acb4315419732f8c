package io.dualgrid.run;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Netting;
import io.dualgrid.device.Port;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.site.CentralProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * Solves a whole case as one program, by the preferred solver that proves its optimum by a bound.
 */
final class CentralSolver {
  /** Relative; two orders below the 1e-4 to which a run's gap is certified would do. */
  private static final double TOLERANCE = 1e-8;

  private CentralSolver() {}

  private static String status(QpResult result) {
    return switch (result.status()) {
      case SOLVED -> "solved";
      case PRIMAL_INFEASIBLE ->
          "infeasible: no dispatch meets the limits of the case; look at what the root may buy and"
              + " sell (buyMaxKw, sellMaxKw), at exchangeMaxKw, and at the voltage limits";
      default -> "not solved: " + result.message();
    };
  }

  /** Costs with the dearest as one: a device may cost far more than the tariff sets the unit by. */
  private static double[] scaled(double[] linear) {
    double dearest = 0.0;
    for (double cost : linear) {
      dearest = Math.max(dearest, Math.abs(cost));
    }
    double[] scaled = linear.clone();
    for (int j = 0; dearest > 0 && j < scaled.length; j++) {
      scaled[j] /= dearest;
    }
    return scaled;
  }

  static CentralResult solve(String caseName, NetworkLimits limits, List<DesProgram> programs) {
    long begin = System.nanoTime();
    CentralProgram central = CentralProgram.join(programs);
    try (QpSolver solver = BoundingSolvers.preferred().setup(central.program(), TOLERANCE)) {
      solver.updateLinear(scaled(central.program().linear()));
      return result(caseName, limits, programs, central, solver.solve(), begin);
    }
  }

  private static CentralResult result(
      String caseName,
      NetworkLimits limits,
      List<DesProgram> programs,
      CentralProgram central,
      QpResult result,
      long begin) {
    QpSolverFactory backend = BoundingSolvers.preferred().backend();
    boolean solved = result.status() == QpStatus.SOLVED;
    double cost = 0.0;
    List<DispatchSeries> dispatch = new ArrayList<>();
    List<DispatchSeries> costs = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    // what is not solved is no dispatch, and has no cost
    for (int d = 0; solved && d < programs.size(); d++) {
      DesProgram program = programs.get(d);
      double[] x = central.partOf(d, result.x());
      cost += program.costOf(x);
      Netting netting = Netting.of(program, x);
      notices.addAll(KeptPairs.notices(netting.kept()));
      dispatch.addAll(DispatchTable.ofNode(program, netting.solution()));
      costs.addAll(CostTable.ofNode(program, netting.solution()));
      double[] boundary = new double[3 * program.horizon().steps()];
      for (Port port : program.ports()) {
        if (port.downstream()) {
          port.read(x, boundary);
          dispatch.addAll(DispatchTable.ofLine(port, "z", boundary, limits));
        }
      }
    }
    return new CentralResult(
        caseName,
        programs.get(0).horizon().steps(),
        status(result),
        solved,
        solved ? cost : Double.NaN,
        central.program().variableCount(),
        central.program().rowCount(),
        result.iterations(),
        (System.nanoTime() - begin) * 1e-9,
        backend.name() + " " + backend.version(),
        dispatch,
        costs,
        notices);
  }
}
