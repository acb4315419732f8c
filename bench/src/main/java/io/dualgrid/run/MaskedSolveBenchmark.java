package io.dualgrid.run;

import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.DenseSolverFactory;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The cloud's solves of masked problems, started warm: by the dense solver in C, which is what a
 * run uses where it can be had, by the same in Java, and by OSQP on the same dense rows, stopped at
 * 1e-5 (it does not reach the 1e-9 that the check of the answer needs in thousands of iterations).
 */
public class MaskedSolveBenchmark extends StepBenchmark {
  private static final QpSettings OSQP_TOLERANCE = new QpSettings(1e-5, 1e-5, 20_000);

  @Param({"native", "java", "osqp"})
  public String cloud;

  private final List<Function<double[], QpResult>> workspaces = new ArrayList<>();
  private final List<double[][]> terms = new ArrayList<>(); // by energy system, then iteration
  private Recording recording;
  private int window;
  private long iteration;

  @Setup
  public void setUp() {
    recording = Recording.load();
    window = recording.period();
    for (int i = 0; i < recording.programs().size(); i++) {
      MaskedDes des =
          MaskedDes.mask(recording.programs().get(i), MaskSettings.HARDENED, new SecureRandom());
      workspaces.add(workspace(des.problem()));
      double[][] ofSystem = new double[window][];
      for (int n = 0; n < window; n++) {
        ofSystem[n] = des.maskLinear(recording.linear(n)[i]).linear();
      }
      terms.add(ofSystem);
    }
  }

  private Function<double[], QpResult> workspace(MaskedProblem problem) {
    if (!cloud.equals("osqp")) {
      DenseSolverFactory solvers =
          cloud.equals("java") ? new JavaDenseSolverFactory() : new NativeDenseSolverFactory();
      return solvers.setup(
              problem.dimension(),
              problem.quadratic(),
              problem.rows(),
              problem.lower(),
              problem.upper(),
              PartySetup.CLOUD_TOLERANCE)
          ::solve;
    }
    QpSolver solver = new OsqpSolverFactory().setup(sparse(problem), OSQP_TOLERANCE);
    return term -> {
      solver.updateLinear(term);
      return solver.solve();
    };
  }

  private static QuadraticProgram sparse(MaskedProblem problem) {
    int k = problem.dimension();
    int m = problem.rowCount();
    SparseMatrix.Builder quadratic = SparseMatrix.builder(k, k);
    SparseMatrix.Builder rows = SparseMatrix.builder(m, k);
    for (int j = 0; j < k; j++) {
      for (int i = 0; i <= j; i++) {
        quadratic.add(i, j, problem.quadratic()[i * k + j]);
      }
      for (int i = 0; i < m; i++) {
        rows.add(i, j, problem.rows()[i * k + j]);
      }
    }
    return new QuadraticProgram(
        "masked", quadratic.build(), new double[k], rows.build(), problem.lower(), problem.upper());
  }

  @Benchmark
  public void maskedSolve(Blackhole blackhole) {
    int phase = (int) (iteration++ % window);
    for (int i = 0; i < workspaces.size(); i++) {
      blackhole.consume(workspaces.get(i).apply(terms.get(i)[phase]).x());
    }
  }
}
