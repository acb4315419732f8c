package io.dualgrid.run;

import io.dualgrid.mask.AnswerVerdict;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.dense.DenseBackends;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.JavaDenseKernels;
import io.dualgrid.qp.dense.jna.NativeDenseKernels;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** What masking costs the energy systems: drawing masks, masking, unmasking and checking. */
public class MaskBenchmark extends StepBenchmark {
  @Param({"hardened", "published"})
  public String mask;

  @Param({"native", "java"})
  public String kernels;

  private Recording recording;
  private final List<MaskedDes> masked = new ArrayList<>();
  private final List<MaskedAnswer> answers = new ArrayList<>();
  private final List<double[]> x = new ArrayList<>();
  private final List<double[]> y = new ArrayList<>();
  private long iteration;

  @Setup
  public void setUp() {
    recording = Recording.load();
    // one mask for the whole measurement: the lifetime is a setting, drawing is measured by itself
    MaskSettings settings =
        MaskSettings.of(MaskKind.valueOf(mask.toUpperCase(Locale.ROOT)))
            .withLifetime(MaskSettings.UNTIL_QUADRATIC_CHANGES);
    DenseKernels chosen =
        kernels.equals("native") ? new NativeDenseKernels() : new JavaDenseKernels();
    double[][] linear = recording.linear(0);
    for (int i = 0; i < linear.length; i++) {
      QuadraticProgram program = recording.programs().get(i);
      MaskedDes des = MaskedDes.mask(program, settings, new SecureRandom(), chosen);
      masked.add(des);
      answers.add(solve(des.problem(), des.maskLinear(linear[i])));
      x.add(new double[program.variableCount()]);
      y.add(new double[program.rowCount()]);
      require(des.unmask(answers.get(i), x.get(i), y.get(i)), program);
      require(des.check(x.get(i), y.get(i)), program);
    }
  }

  private static MaskedAnswer solve(MaskedProblem problem, MaskedLinearTerm term) {
    try (DenseSolver solver =
        DenseBackends.besides("auto")
            .setup(
                problem.dimension(),
                problem.quadratic(),
                problem.rows(),
                problem.lower(),
                problem.upper(),
                PartySetup.CLOUD_TOLERANCE)) {
      QpResult result = solver.solve(term.linear());
      return new MaskedAnswer(
          term.mask(),
          term.sequence(),
          result.status(),
          result.x().clone(),
          result.y().clone(),
          result.iterations());
    }
  }

  private static void require(AnswerVerdict verdict, QuadraticProgram program) {
    if (verdict != AnswerVerdict.ACCEPTED) {
      throw new IllegalStateException(program.name() + ": " + verdict.description());
    }
  }

  @Benchmark
  public void drawMask() {
    masked.forEach(MaskedDes::redraw);
  }

  @Benchmark
  public void maskLinear(Blackhole blackhole) {
    double[][] linear = recording.linear(iteration++);
    for (int i = 0; i < linear.length; i++) {
      blackhole.consume(masked.get(i).maskLinear(linear[i]));
    }
  }

  @Benchmark
  public void unmask(Blackhole blackhole) {
    for (int i = 0; i < masked.size(); i++) {
      blackhole.consume(masked.get(i).unmask(answers.get(i), x.get(i), y.get(i)));
    }
  }

  @Benchmark
  public void checkAnswer(Blackhole blackhole) {
    for (int i = 0; i < masked.size(); i++) {
      blackhole.consume(masked.get(i).check(x.get(i), y.get(i)));
    }
  }

  @TearDown
  public void tearDown() {
    masked.forEach(MaskedDes::close);
  }
}
