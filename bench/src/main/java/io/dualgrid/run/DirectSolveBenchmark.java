package io.dualgrid.run;

import io.dualgrid.qp.QpBackends;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Solves without a mask, started warm from the iteration before. */
public class DirectSolveBenchmark extends StepBenchmark {
  @Param({"native", "java", "osqp"})
  public String qp;

  private Recording recording;
  private List<QpSolver> solvers;
  private long iteration;

  @Setup
  public void setUp() {
    recording = Recording.load();
    QpSolverFactory backend = QpBackends.named(qp);
    solvers =
        recording.programs().stream()
            .map(program -> backend.setup(program, PartySetup.accurate(backend)))
            .toList();
  }

  @Benchmark
  public void directSolve(Blackhole blackhole) {
    double[][] linear = recording.linear(iteration++);
    for (int i = 0; i < linear.length; i++) {
      solvers.get(i).updateLinear(linear[i]);
      blackhole.consume(solvers.get(i).solve().x());
    }
  }

  @TearDown
  public void tearDown() {
    solvers.forEach(QpSolver::close);
  }
}
