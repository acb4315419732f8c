package io.dualgrid.mask;

import io.dualgrid.keys.KeyAccelerator;
import io.dualgrid.keys.SecureStream;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.SparseMatrix;
import io.dualgrid.qp.dense.Dense;
import io.dualgrid.qp.dense.DenseKernels;
import io.dualgrid.qp.dense.JavaDenseKernels;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The energy system's side of RMME: its program, its secret mask, the messages to the cloud and
 * what becomes of the answers.
 *
 * <p>The program min ½xᵀPx + qᵀx, l ≤ Ax ≤ u is split into equality rows, whose solutions are x =
 * x0 + N·f with NᵀN = I, and inequality rows, of which those that can never bind are left out. A
 * mask replaces f: x = N·T·(y + t) + x0. With Z = NT, c' = s·Zᵀ(q + P(x0 + Zt)), H' = s·ZᵀPZ, and
 * row i of G' = dᵢ·gᵢZ. A published mask has T orthogonal, t = 0, s = 1, dᵢ = 1.
 *
 * <p>Memory: 8·k² bytes of a mask, and H' and G' until {@link #problemSent()}: Z = S·F, with S
 * sparse and F of order k, is never formed. Not thread safe. Nothing here may be logged; {@link
 * #toString} gives dimensions only.
 */
public final class MaskedDes implements AutoCloseable {
  /** Of violations and gradients in the energy system's own space, see {@link AnswerCheck}. */
  public static final double DEFAULT_TOLERANCE = 1e-6;

  private final ReducedProgram reduced;
  private final MaskSettings settings;
  private final DenseKernels kernels;
  private final SecureStream random;
  private final SecureRandom identities;
  private final OrthonormalBasis basis;
  private final AnswerCheck check;
  private final double tolerance;
  private final double[] linear;
  private final double[] shiftedGradient;
  private final double[] gradient;
  private final double[] equalityMultipliers;
  private SparseMatrix quadratic;
  private Mask mask;
  private long identity;
  private long sequence;
  private int termsSent;
  private double lastTermScale; // largest entry of the last linear term as sent
  private MaskedAnswer lastAnswer;
  private double[] startFree; // free values and slab multipliers of the last good solution
  private double[] startMultipliers;

  private MaskedDes(
      QuadraticProgram program,
      MaskSettings settings,
      SecureRandom random,
      double tolerance,
      DenseKernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
    this.random = new SecureStream(random, KeyAccelerator.available());
    identities = random;
    reduced = reduce(program, settings);
    basis = new OrthonormalBasis(reduced.basis());
    check = new AnswerCheck(program, tolerance);
    this.tolerance = tolerance;
    int n = program.variableCount();
    linear = program.linear().clone();
    shiftedGradient = new double[n];
    gradient = new double[n];
    equalityMultipliers = new double[reduced.equalityRows().length];
    quadratic = program.quadratic();
  }

  /**
   * Reduces a program. The first mask is drawn when {@link #problem()} is asked for.
   *
   * @param program of the energy system; only its quadratic diagonal and linear term may change
   *     later
   * @param settings of the masks
   * @param random cryptographic; every secret comes from it
   * @throws MaskException when the program contradicts itself; names it
   */
  public static MaskedDes mask(
      QuadraticProgram program, MaskSettings settings, SecureRandom random) {
    return mask(program, settings, random, new JavaDenseKernels());
  }

  /** As {@link #mask(QuadraticProgram, MaskSettings, SecureRandom)}, with kernels to choose. */
  public static MaskedDes mask(
      QuadraticProgram program, MaskSettings settings, SecureRandom random, DenseKernels kernels) {
    return new MaskedDes(program, settings, random, DEFAULT_TOLERANCE, kernels);
  }

  /**
   * As {@link #mask(QuadraticProgram, MaskSettings, SecureRandom)}, with a tolerance of answers.
   */
  public static MaskedDes mask(
      QuadraticProgram program, MaskSettings settings, SecureRandom random, double tolerance) {
    return new MaskedDes(program, settings, random, tolerance, new JavaDenseKernels());
  }

  static ReducedProgram reduce(QuadraticProgram program, MaskSettings settings) {
    return new ReducedProgram(
        program, settings.kind() == MaskKind.HARDENED, settings.deferBeyond());
  }

  /**
   * Setup message of the current mask, which is drawn if there is none. O(k³) if drawn or
   * forgotten.
   */
  public MaskedProblem problem() {
    if (mask == null) {
      redraw();
    }
    return mask.problem(identity);
  }

  /**
   * Says that the current mask's problem is on its way to the cloud: its matrices are forgotten
   * here, and computed anew should {@link #problem()} be asked for them again.
   */
  public void problemSent() {
    mask.forgetProblem();
  }

  /**
   * Whether a new mask must be drawn and sent before the next linear term: there is none yet, the
   * quadratic term has changed, or it has been used as often as its lifetime allows.
   */
  public boolean expired() {
    return mask == null || lifetimeIsOver();
  }

  private boolean lifetimeIsOver() {
    return settings.lifetimeIterations() != MaskSettings.UNTIL_QUADRATIC_CHANGES
        && termsSent >= settings.lifetimeIterations();
  }

  /**
   * Draws a new mask, all of it; the cloud needs {@link #problem()} again. It carries the last good
   * solution as a start, which tells the cloud that two masks belong to one energy system; it knows
   * as much from who sends them. O(k³).
   */
  public void redraw() {
    eraseMask();
    mask =
        new Mask(reduced, basis, quadratic, settings, startFree, startMultipliers, random, kernels);
    random.discard();
    termsSent = 0;
    identity = identities.nextLong();
    AnswerCheck.multiplySymmetric(quadratic, mask.origin(), shiftedGradient);
  }

  /**
   * Replaces the diagonal of P. The mask expires; the next one is drawn by {@link #problem()}.
   *
   * @param diagonal length n, not negative; copied
   */
  public void updateQuadraticDiagonal(double[] diagonal) {
    SparseMatrix old = quadratic;
    if (diagonal.length != old.columns()) {
      throw new IllegalArgumentException(
          reduced.program().name() + ": diagonal of " + diagonal.length + ", not " + old.columns());
    }
    double[] values = old.values().clone();
    for (int j = 0; j < diagonal.length; j++) {
      values[old.columnPointers()[j + 1] - 1] = diagonal[j];
    }
    quadratic =
        new SparseMatrix(old.rows(), old.columns(), old.columnPointers(), old.rowIndices(), values);
    eraseMask();
  }

  /**
   * Masks a linear term. O(k²).
   *
   * @param q length n, finite; copied, as the check of the answer needs it
   * @throws IllegalStateException when the mask has expired: call {@link #redraw()} and send {@link
   *     #problem()} first
   */
  public MaskedLinearTerm maskLinear(double[] q) {
    if (expired()) {
      throw new IllegalStateException(
          reduced.program().name()
              + ": the mask has expired; draw and send a new one before the next linear term");
    }
    System.arraycopy(q, 0, linear, 0, linear.length);
    for (int j = 0; j < linear.length; j++) {
      gradient[j] = q[j] + shiftedGradient[j];
    }
    termsSent++;
    sequence++;
    double[] masked = mask.maskGradient(gradient);
    lastTermScale = Dense.largest(masked);
    return new MaskedLinearTerm(identity, sequence, masked);
  }

  /**
   * Checks the envelope of an answer and unmasks it. The result still needs {@link #check}.
   *
   * @param answer to the last linear term; may be anything
   * @param x length n, overwritten when accepted
   * @param y multipliers of all rows of the program, length m, overwritten when accepted; those of
   *     the equality rows are recovered from the gradient
   * @return ACCEPTED, STALE, TRUNCATED, NOT_FINITE or NOT_SOLVED
   */
  public AnswerVerdict unmask(MaskedAnswer answer, double[] x, double[] y) {
    if (mask == null || answer.mask() != identity || answer.sequence() != sequence) {
      return AnswerVerdict.STALE;
    }
    if (answer.y().length != mask.dimension() || answer.multipliers().length != mask.rowCount()) {
      return AnswerVerdict.TRUNCATED;
    }
    if (!AnswerCheck.isFinite(answer.y()) || !AnswerCheck.isFinite(answer.multipliers())) {
      return AnswerVerdict.NOT_FINITE;
    }
    if (answer.status() != QpStatus.SOLVED) {
      return AnswerVerdict.NOT_SOLVED;
    }
    lastAnswer = answer;
    mask.unmask(answer.y(), x);
    unmaskMultipliers(answer.multipliers(), x, y);
    return AnswerVerdict.ACCEPTED;
  }

  private void unmaskMultipliers(double[] masked, double[] x, double[] y) {
    Arrays.fill(y, 0.0);
    reduced.rowMultipliers(mask.unmaskMultipliers(masked), y);
    QuadraticProgram program = reduced.program();
    AnswerCheck.multiplySymmetric(quadratic, x, gradient);
    SparseMatrix rows = program.constraints();
    for (int j = 0; j < gradient.length; j++) {
      double sum = gradient[j] + linear[j];
      for (int k = rows.columnPointers()[j]; k < rows.columnPointers()[j + 1]; k++) {
        sum += rows.values()[k] * y[rows.rowIndices()[k]];
      }
      gradient[j] = sum;
    }
    reduced.equalityMultipliers(gradient, equalityMultipliers);
    int[] equalityRows = reduced.equalityRows();
    for (int e = 0; e < equalityRows.length; e++) {
      y[equalityRows[e]] = equalityMultipliers[e];
    }
  }

  /**
   * Checks an unmasked answer against the energy system's own program and last linear term.
   *
   * @return ACCEPTED, or what is wrong; INCOMPLETE when the cloud solved what it was sent and it is
   *     a row left out of it that matters, so that the program has to be solved locally
   */
  public AnswerVerdict check(double[] x, double[] y) {
    AnswerVerdict verdict = check.check(quadratic, linear, x, y);
    if (verdict == AnswerVerdict.ACCEPTED) {
      remember(x, y);
    } else if (reduced.hasDeferred() && solvedAsSent(x)) {
      // The cloud did what it was asked to, so it is a row that was left out. It stays out: its
      // return would tell the cloud which row that is, and a cloud could ask for it with lies.
      return AnswerVerdict.INCOMPLETE;
    }
    return verdict;
  }

  private boolean solvedAsSent(double[] x) {
    AnswerCheck.multiplySymmetric(quadratic, x, gradient);
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] += linear[j];
    }
    return mask.isSolved(lastTermScale, gradient, lastAnswer, tolerance);
  }

  /**
   * Keeps a solution as the start of the next mask; {@link #check} does so with every answer it
   * accepts. For a solution found locally.
   *
   * @param x solution, length n; copied
   * @param y multipliers of all rows, length m; copied
   */
  public void remember(double[] x, double[] y) {
    startFree = reduced.freeValues(x);
    startMultipliers = reduced.slabMultipliers(y);
  }

  /**
   * Gives away a secret of the current mask: which masked row stands for which row. For audits that
   * attack a mask and need to know whether they were right; never for anything that is sent.
   *
   * @return for each masked row the index of the row of {@link GuessedSystem} (of the true program)
   *     that it stands for, −1 for a redundant one
   */
  public int[] revealRowsForAudit() {
    if (mask == null) {
      redraw();
    }
    return mask.rowSlabs();
  }

  /** Erases the mask, the last linear term and the last solution. */
  @Override
  public void close() {
    eraseMask();
    random.discard();
    for (double[] values :
        new double[][] {
          linear, gradient, shiftedGradient, equalityMultipliers, startFree, startMultipliers
        }) {
      if (values != null) {
        Arrays.fill(values, 0.0);
      }
    }
  }

  private void eraseMask() {
    if (mask != null) {
      mask.erase();
      mask = null;
    }
  }

  /** Dimensions only. */
  @Override
  public String toString() {
    return "MaskedDes["
        + reduced.program().name()
        + ", "
        + settings.kind()
        + ", "
        + (mask == null ? "no mask" : mask.rowCount() + " x " + mask.dimension())
        + "]";
  }
}
