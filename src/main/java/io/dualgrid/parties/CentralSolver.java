package io.dualgrid.parties;

import io.dualgrid.devices.CentralProgram;
import io.dualgrid.devices.DesProgram;
import io.dualgrid.devices.Port;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.pure.InteriorPoint;
import java.util.ArrayList;
import java.util.List;

/** Solves a whole case as one program, by the pure-Java interior-point method. */
final class CentralSolver {
  /** Relative; two orders below the 1e-4 to which a run's gap is certified would do. */
  private static final double TOLERANCE = 1e-8;

  private CentralSolver() {}

  static CentralResult solve(String caseName, List<DesProgram> programs) {
    long begin = System.nanoTime();
    CentralProgram central = CentralProgram.join(programs);
    QpResult result =
        new InteriorPoint(central.program(), TOLERANCE).solve(central.program().linear());
    double cost = 0.0;
    List<DispatchSeries> dispatch = new ArrayList<>();
    for (int d = 0; d < programs.size(); d++) {
      DesProgram program = programs.get(d);
      double[] x = central.partOf(d, result.x());
      cost += program.costOf(x);
      dispatch.addAll(DispatchTable.ofNode(program, x));
      double[] boundary = new double[3 * program.horizon().steps()];
      for (Port port : program.ports()) {
        if (port.downstream()) {
          port.read(x, boundary);
          dispatch.addAll(
              DispatchTable.ofLine(port, "z", boundary, program.horizon().basePowerKw()));
        }
      }
    }
    boolean solved = result.status() == QpStatus.SOLVED;
    return new CentralResult(
        caseName,
        programs.get(0).horizon().steps(),
        solved ? "solved" : result.message(),
        solved,
        cost,
        central.program().variableCount(),
        central.program().rowCount(),
        result.iterations(),
        (System.nanoTime() - begin) * 1e-9,
        "interior point (java)",
        dispatch);
  }
}
