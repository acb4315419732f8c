package io.dualgrid.edge;

import io.dualgrid.mask.AnswerVerdict;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpSolver;
import io.dualgrid.qp.QpSolverFactory;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.runtime.Step;
import io.dualgrid.runtime.StepClock;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Has its program solved by the cloud, under a mask. An answer is unmasked and checked before it is
 * used; one that fails is counted and, by the policy, replaced by a solve of one's own or the end
 * of the run. Where a limit that is left out of the mask matters, it solves on its own, too: no
 * answer of the cloud changes what later masks show. The cloud never gets the program itself.
 */
public final class MaskedLocalProblem implements LocalProblem {
  private final QuadraticProgram program;
  private final CloudClient cloud;
  private final MaskSettings settings;
  private final SecureRandom random;
  private final DenseKernels kernels;
  private final boolean stopOnBadAnswer;
  private final QpSolverFactory ownSolvers;
  private final QpSettings ownSettings;
  private final Map<AnswerVerdict, Integer> rejected = new EnumMap<>(AnswerVerdict.class);
  private final double[] x; // the last accepted solution
  private final double[] candidate;
  private final double[] y;
  private double[] diagonal;
  private MaskedDes masked;
  private QpSolver ownSolver;
  private boolean started; // whether a first mask has been drawn
  private int incomplete;
  private int unanswered;

  /**
   * For one program.
   *
   * @param program of the energy system; never leaves it
   * @param cloud solves what is masked
   * @param settings of the masks
   * @param random cryptographic
   * @param kernels for dense products
   * @param stopOnBadAnswer whether an answer that fails its check ends the run
   * @param ownSolvers for what has to be solved alone
   * @param ownSettings of these solves
   */
  public MaskedLocalProblem(
      QuadraticProgram program,
      CloudClient cloud,
      MaskSettings settings,
      SecureRandom random,
      DenseKernels kernels,
      boolean stopOnBadAnswer,
      QpSolverFactory ownSolvers,
      QpSettings ownSettings) {
    this.program = program;
    this.cloud = cloud;
    this.settings = settings;
    this.random = random;
    this.kernels = kernels;
    this.stopOnBadAnswer = stopOnBadAnswer;
    this.ownSolvers = ownSolvers;
    this.ownSettings = ownSettings;
    x = new double[program.variableCount()];
    candidate = new double[program.variableCount()];
    y = new double[program.rowCount()];
  }

  @Override
  public void updatePenalty(double[] newDiagonal, StepClock clock) {
    clock.start();
    diagonal = newDiagonal.clone();
    if (masked == null) {
      masked = MaskedDes.mask(withDiagonal(diagonal), settings, random, kernels);
    } else {
      masked.updateQuadraticDiagonal(diagonal);
    }
    if (ownSolver != null) {
      ownSolver.updateQuadraticDiagonal(diagonal);
    }
    clock.lap(Step.SOLVE);
  }

  @Override
  public double[] solve(double[] linear, StepClock clock) {
    clock.start();
    AnswerVerdict verdict = ask(linear, clock);
    if (verdict == null) {
      unanswered++;
      double[] own = solveAlone(linear);
      clock.lap(Step.SOLVE);
      return own;
    }
    if (verdict == AnswerVerdict.ACCEPTED) {
      System.arraycopy(candidate, 0, x, 0, x.length);
      return x;
    }
    if (verdict == AnswerVerdict.INCOMPLETE) {
      incomplete++;
    } else {
      reject(verdict);
    }
    double[] own = solveAlone(linear);
    clock.lap(Step.SOLVE);
    return own;
  }

  private void reject(AnswerVerdict verdict) {
    rejected.merge(verdict, 1, Integer::sum);
    if (stopOnBadAnswer) {
      throw new SolveException(
          program.name() + ": the cloud's answer was rejected: " + verdict.description());
    }
  }

  /** What is wrong with the cloud's answer, or nothing; null when there was none in time. */
  private AnswerVerdict ask(double[] linear, StepClock clock) {
    if (masked.expired()) {
      if (!started) {
        startFromOwnSolution(linear);
      }
      sendNewMask(clock);
    }
    MaskedLinearTerm term = masked.maskLinear(linear);
    clock.lap(Step.MASK);
    Optional<MaskedAnswer> answered = cloud.solve(term, masked::problem);
    clock.lap(Step.SOLVE);
    if (answered.isEmpty()) {
      return null;
    }
    MaskedAnswer answer = answered.get();
    AnswerVerdict verdict = masked.unmask(answer, candidate, y);
    clock.lap(Step.MASK);
    if (verdict == AnswerVerdict.ACCEPTED) {
      verdict = masked.check(candidate, y);
    }
    clock.lap(Step.CHECK);
    return verdict;
  }

  private void sendNewMask(StepClock clock) {
    masked.redraw();
    MaskedProblem problem = masked.problem();
    clock.lap(Step.MASK);
    masked.problemSent(); // so that it is not held here while the cloud takes it in
    cloud.replace(problem);
    clock.lap(Step.SOLVE);
  }

  /**
   * The first mask carries a solution found here as its start, as later ones carry the last: from
   * nothing, the dense solve of a first mask takes as long as ten later ones.
   */
  private void startFromOwnSolution(double[] linear) {
    QpResult own = ownResult(linear);
    masked.remember(own.x(), own.y());
    ownSolver.close();
    ownSolver = null;
    started = true;
  }

  private double[] solveAlone(double[] linear) {
    return ownResult(linear).x();
  }

  private QpResult ownResult(double[] linear) {
    if (ownSolver == null) {
      ownSolver = ownSolvers.setup(withDiagonal(diagonal), ownSettings);
    }
    ownSolver.updateLinear(linear);
    QpResult result = ownSolver.solve();
    if (result.status() != QpStatus.SOLVED && result.status() != QpStatus.ITERATION_LIMIT) {
      throw SolveException.of(result);
    }
    return result;
  }

  private QuadraticProgram withDiagonal(double[] values) {
    return new QuadraticProgram(
        program.name(),
        SparseMatrix.diagonal(values),
        program.linear(),
        program.constraints(),
        program.lower(),
        program.upper());
  }

  @Override
  public Map<String, Integer> incidents() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rejected.forEach(
        (verdict, count) ->
            counts.put("answers of the cloud rejected as " + verdict.description(), count));
    if (unanswered > 0) {
      counts.put("programs solved locally, since the cloud did not answer in time", unanswered);
    }
    if (incomplete > 0) {
      counts.put(
          "programs solved locally, since a limit that the mask leaves out mattered", incomplete);
    }
    return counts;
  }

  @Override
  public void close() {
    if (masked != null) {
      masked.close();
    }
    if (ownSolver != null) {
      ownSolver.close();
    }
    Arrays.fill(x, 0.0);
    Arrays.fill(candidate, 0.0);
    Arrays.fill(y, 0.0);
  }
}
