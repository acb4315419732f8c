package io.dualgrid.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Port;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.qp.ReferenceSolver;
import io.dualgrid.qp.SparseMatrix;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskedDesTest {
  private static final QpSettings CLOUD_SETTINGS = new QpSettings(1e-9, 1e-10, 5000);

  private static MaskSettings settings(MaskKind kind) {
    return kind == MaskKind.HARDENED ? MaskSettings.HARDENED : MaskSettings.PUBLISHED;
  }

  private static DesProgram des(int steps) {
    return TestSystems.node(steps, 1, TestSystems.devices(steps, true, true, true, 42));
  }

  /** One exchange with an honest cloud. */
  private static final class Exchange implements AutoCloseable {
    final QuadraticProgram program;
    final MaskedDes masked;
    final SolverForMasks cloud = new SolverForMasks(CLOUD_SETTINGS);
    final double[] x;
    final double[] y;

    Exchange(QuadraticProgram program, MaskSettings settings) {
      this.program = program;
      masked = MaskedDes.mask(program, settings, new SecureRandom());
      x = new double[program.variableCount()];
      y = new double[program.rowCount()];
      cloud.accept(masked.problem());
      masked.problemSent();
    }

    MaskedAnswer ask(double[] linear) {
      return cloud.solve(masked.maskLinear(linear));
    }

    AnswerVerdict take(MaskedAnswer answer) {
      AnswerVerdict verdict = masked.unmask(answer, x, y);
      return verdict == AnswerVerdict.ACCEPTED ? masked.check(x, y) : verdict;
    }

    AnswerVerdict solve(double[] linear) {
      return take(ask(linear));
    }

    /** What the mask shows of the program: the rows that are behind those of the masked one. */
    int[] rowsShown() {
      return Arrays.stream(masked.revealRowsForAudit()).filter(row -> row >= 0).sorted().toArray();
    }

    @Override
    public void close() {
      masked.close();
      cloud.close();
    }
  }

  @ParameterizedTest
  @EnumSource(MaskKind.class)
  void aMaskedSolveGivesTheOptimumOfThePlainProgram(MaskKind kind) {
    DesProgram des = TestSystems.node(4, 1, TestSystems.devices(4, false, false, false, 42));
    QuadraticProgram program = TestSystems.consensusProgram(des, 1);
    double expected = program.objective(ReferenceSolver.solve(program));
    try (Exchange exchange = new Exchange(program, settings(kind))) {
      assertThat(exchange.solve(program.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
      // the reference stops at about 1e-9 here, ours below
      assertThat(program.objective(exchange.x)).isCloseTo(expected, within(1e-8));
    }
  }

  /**
   * With all devices, where the reference solver does not finish: weak duality is the referee. For
   * multipliers y with Px + q + Aᵀy = 0, no feasible point costs less than −½xᵀPx − Σ y⁺u + y⁻l.
   */
  @ParameterizedTest
  @EnumSource(MaskKind.class)
  void theMultipliersOfAMaskedSolveProveItsOptimality(MaskKind kind) {
    QuadraticProgram program = TestSystems.consensusProgram(des(24), 1);
    try (Exchange exchange = new Exchange(program, settings(kind))) {
      assertThat(exchange.solve(program.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
      // violations of 1e-6 at most, times multipliers of order 1 over some 100 binding rows; far
      // less in practice
      assertThat(dualityGap(program, exchange.x, exchange.y)).isBetween(-1e-6, 1e-6);
      assertThat(worstGradient(program, exchange.x, exchange.y)).isLessThan(1e-6);
      assertThat(worstViolation(program, exchange.x)).isLessThan(1e-6);
    }
  }

  private static double dualityGap(QuadraticProgram program, double[] x, double[] y) {
    double[] curvature = new double[x.length];
    program.quadratic().multiply(x, curvature); // diagonal here
    double bound = 0.0;
    for (int j = 0; j < x.length; j++) {
      bound -= 0.5 * curvature[j] * x[j];
    }
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 0.0) {
        bound -= y[i] * (y[i] > 0 ? program.upper()[i] : program.lower()[i]);
      }
    }
    return program.objective(x) - bound;
  }

  private static double worstGradient(QuadraticProgram program, double[] x, double[] y) {
    double[] curvature = new double[x.length];
    double[] rows = new double[x.length];
    program.quadratic().multiply(x, curvature);
    program.constraints().multiplyTransposed(y, rows);
    double worst = 0.0;
    for (int j = 0; j < x.length; j++) {
      worst = Math.max(worst, Math.abs(curvature[j] + program.linear()[j] + rows[j]));
    }
    return worst;
  }

  private static double worstViolation(QuadraticProgram program, double[] x) {
    double[] activity = new double[program.rowCount()];
    program.constraints().multiply(x, activity);
    double worst = 0.0;
    for (int i = 0; i < activity.length; i++) {
      worst = Math.max(worst, activity[i] - program.upper()[i]);
      worst = Math.max(worst, program.lower()[i] - activity[i]);
    }
    return worst;
  }

  @ParameterizedTest
  @EnumSource(MaskKind.class)
  void twoMasksGiveTheSameBoundaryValues(MaskKind kind) {
    DesProgram des = des(24);
    QuadraticProgram program = TestSystems.consensusProgram(des, 1);
    try (Exchange first = new Exchange(program, settings(kind).withLifetime(0));
        Exchange second = new Exchange(program, settings(kind).withLifetime(0))) {
      for (int turn = 0; turn < 3; turn++) {
        double[] linear = TestSystems.linearTerm(des, 10 + turn);
        assertThat(first.solve(linear)).isEqualTo(AnswerVerdict.ACCEPTED);
        assertThat(second.solve(linear)).isEqualTo(AnswerVerdict.ACCEPTED);
        for (Port port : des.ports()) {
          for (int[] block : List.of(port.active(), port.reactive(), port.voltage())) {
            for (int variable : block) {
              // each within 1e-9 · (condition 20, basis 10) over the curvature 0.03, twice
              assertThat(first.x[variable]).isCloseTo(second.x[variable], within(2e-5));
            }
          }
        }
      }
    }
  }

  @Test
  void anExpiredMaskIsNotUsedAgain() {
    QuadraticProgram program = TestSystems.consensusProgram(des(4), 1);
    try (Exchange exchange = new Exchange(program, MaskSettings.PUBLISHED)) {
      MaskedProblem first = exchange.masked.problem();
      exchange.ask(program.linear());
      assertThat(exchange.masked.expired()).isTrue();
      assertThatThrownBy(() -> exchange.ask(program.linear()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("expired");
      exchange.masked.redraw();
      assertThat(exchange.masked.problem().mask()).isNotEqualTo(first.mask());
      assertThat(exchange.masked.problem().rows()).isNotEqualTo(first.rows());
    }
  }

  /** The start that a new mask carries is the old solution: handed back unchanged, it passes. */
  /** A cloud that has lost a mask is sent it again; what is forgotten in between comes back. */
  @ParameterizedTest
  @EnumSource(MaskKind.class)
  void aProblemThatWasSentIsTheSameWhenSentAgain(MaskKind kind) {
    try (MaskedDes masked = MaskedDes.mask(des(4).program(), settings(kind), new SecureRandom())) {
      MaskedProblem first = masked.problem();
      masked.problemSent();
      MaskedProblem again = masked.problem();
      assertThat(again.mask()).isEqualTo(first.mask());
      assertThat(again.lower()).isEqualTo(first.lower());
      assertThat(again.upper()).isEqualTo(first.upper());
      // the same products in the same order, so nothing but the last bit can differ
      assertThat(again.rows()).containsExactly(first.rows(), within(1e-13));
      assertThat(again.quadratic()).containsExactly(first.quadratic(), within(1e-13));
    }
  }

  @ParameterizedTest
  @EnumSource(MaskKind.class)
  void aNewMaskStartsFromTheLastSolution(MaskKind kind) {
    QuadraticProgram program = TestSystems.consensusProgram(des(4), 1);
    try (Exchange exchange = new Exchange(program, settings(kind))) {
      assertThat(exchange.masked.problem().start()).containsOnly(0.0);
      assertThat(exchange.solve(program.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
      double[] x = exchange.x.clone();
      double[] y = exchange.y.clone();
      exchange.masked.redraw();
      MaskedProblem problem = exchange.masked.problem();
      MaskedLinearTerm term = exchange.masked.maskLinear(program.linear());
      MaskedAnswer unchanged =
          new MaskedAnswer(
              term.mask(),
              term.sequence(),
              QpStatus.SOLVED,
              problem.start(),
              problem.startMultipliers(),
              0);
      assertThat(exchange.take(unchanged)).isEqualTo(AnswerVerdict.ACCEPTED);
      // masked and unmasked again: k additions of size 10 at a condition of 20
      assertThat(exchange.x).containsExactly(x, within(1e-11));
      assertThat(exchange.y).containsExactly(y, within(1e-9));
    }
  }

  @Test
  void aNewPenaltyDrawsANewMaskAndChangesTheOptimum() {
    DesProgram des = des(4);
    QuadraticProgram program = TestSystems.consensusProgram(des, 1);
    double[] diagonal = new double[program.variableCount()];
    for (int j = 0; j < diagonal.length; j++) {
      int end = program.quadratic().columnPointers()[j + 1];
      diagonal[j] = 3 * program.quadratic().values()[end - 1];
    }
    QuadraticProgram stiffer =
        new QuadraticProgram(
            "stiffer",
            SparseMatrix.diagonal(diagonal),
            program.linear(),
            program.constraints(),
            program.lower(),
            program.upper());
    MaskSettings all = new MaskSettings(MaskKind.HARDENED, 0, 50.0, 0.1, Double.POSITIVE_INFINITY);
    try (Exchange exchange = new Exchange(program, all)) {
      exchange.masked.updateQuadraticDiagonal(diagonal);
      assertThat(exchange.masked.expired()).isTrue();
      exchange.cloud.accept(exchange.masked.problem());
      assertThat(exchange.solve(program.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
      assertThat(dualityGap(stiffer, exchange.x, exchange.y)).isBetween(-1e-6, 1e-6);
      assertThat(worstGradient(stiffer, exchange.x, exchange.y)).isLessThan(1e-6);
    }
  }

  /** Rows twice, in sum, and scaled: the null space must not care. */
  @ParameterizedTest
  @EnumSource(MaskKind.class)
  void redundantEqualityRowsChangeNothing(MaskKind kind) {
    QuadraticProgram program = TestSystems.consensusProgram(des(4), 1);
    QuadraticProgram redundant = withRowsAppended(program, 0.0);
    try (Exchange plain = new Exchange(program, settings(kind));
        Exchange more = new Exchange(redundant, settings(kind))) {
      assertThat(more.masked.problem().dimension()).isEqualTo(plain.masked.problem().dimension());
      assertThat(plain.solve(program.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
      assertThat(more.solve(program.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
      // both are within 1e-6 of optimal in all conditions; the objective is flatter than that
      assertThat(program.objective(more.x)).isCloseTo(program.objective(plain.x), within(1e-7));
    }
  }

  @Test
  void contradictoryEqualityRowsAreReportedWithTheNameOfTheSystem() {
    QuadraticProgram program = withRowsAppended(TestSystems.consensusProgram(des(4), 1), 1e-3);
    assertThatThrownBy(() -> MaskedDes.mask(program, MaskSettings.HARDENED, new SecureRandom()))
        .isInstanceOf(MaskException.class)
        .hasMessageContaining("node 1")
        .hasMessageContaining("contradicts");
  }

  /** Appends a copy of the first equality row, its triple, and the sum of all equality rows. */
  private static QuadraticProgram withRowsAppended(QuadraticProgram program, double offset) {
    int m = program.rowCount();
    SparseMatrix old = program.constraints();
    SparseMatrix.Builder rows = SparseMatrix.builder(m + 3, program.variableCount());
    int first = -1;
    double sum = 0.0;
    for (int i = m - 1; i >= 0; i--) {
      if (program.lower()[i] == program.upper()[i]) {
        first = i;
        sum += program.lower()[i];
      }
    }
    for (int j = 0; j < old.columns(); j++) {
      for (int k = old.columnPointers()[j]; k < old.columnPointers()[j + 1]; k++) {
        int i = old.rowIndices()[k];
        double value = old.values()[k];
        rows.add(i, j, value);
        if (i == first) {
          rows.add(m, j, value);
          rows.add(m + 1, j, 3 * value);
        }
        if (program.lower()[i] == program.upper()[i]) {
          rows.add(m + 2, j, value);
        }
      }
    }
    double[] lower = Arrays.copyOf(program.lower(), m + 3);
    double[] upper = Arrays.copyOf(program.upper(), m + 3);
    double[] added = {program.lower()[first], 3 * program.lower()[first], sum + offset};
    System.arraycopy(added, 0, lower, m, 3);
    System.arraycopy(added, 0, upper, m, 3);
    return new QuadraticProgram(
        program.name(), program.quadratic(), program.linear(), rows.build(), lower, upper);
  }

  @Test
  void theHardenedMaskHidesNormsOrderAndRowCount() {
    QuadraticProgram program = TestSystems.consensusProgram(des(24), 1);
    MaskedDes masked = MaskedDes.mask(program, MaskSettings.HARDENED, new SecureRandom());
    MaskedProblem problem = masked.problem();
    int k = problem.dimension();
    for (int i = 0; i < problem.rowCount(); i++) {
      double square = 0.0;
      for (int c = i * k; c < (i + 1) * k; c++) {
        square += problem.rows()[c] * problem.rows()[c];
      }
      // unit length times a random factor of 0.5 to 2, whatever the row was
      assertThat(Math.sqrt(square)).isBetween(0.5 - 1e-12, 2.0 + 1e-12);
    }
    boolean differs = false;
    for (int draw = 0; draw < 5; draw++) {
      masked.redraw();
      differs |= masked.problem().rowCount() != problem.rowCount();
    }
    assertThat(differs).as("padding varies the number of rows").isTrue();
  }

  @Test
  void nothingSecretIsPrinted() {
    QuadraticProgram program = TestSystems.consensusProgram(des(4), 1);
    try (Exchange exchange = new Exchange(program, MaskSettings.HARDENED)) {
      MaskedLinearTerm term = exchange.masked.maskLinear(program.linear());
      String printed =
          exchange.masked + " " + exchange.masked.problem() + term + exchange.cloud.solve(term);
      assertThat(printed).doesNotContain(".").doesNotContain("E-");
    }
  }

  /**
   * Nearly all rows are left out here, so that honest answers violate one. That is told from a lie,
   * and no later mask shows a row more: the cloud would learn which one it was.
   */
  @Test
  void aRowThatIsLeftOutAndMattersIsNotedAndStaysOut() {
    QuadraticProgram program = TestSystems.consensusProgram(des(24), 1);
    MaskSettings eager = new MaskSettings(MaskKind.HARDENED, 0, 50.0, 0.1, 0.3);
    try (Exchange exchange = new Exchange(program, eager)) {
      int[] shown = exchange.rowsShown();
      assertThat(exchange.solve(program.linear())).isEqualTo(AnswerVerdict.INCOMPLETE);
      assertThat(exchange.masked.expired()).isFalse();
      exchange.masked.redraw();
      assertThat(exchange.rowsShown()).isEqualTo(shown);
    }
  }

  /** A cloud once got rows back into later masks, those that stand out, by claiming to fail. */
  @Test
  void noAnswerBringsBackARowThatIsLeftOut() {
    QuadraticProgram program = TestSystems.consensusProgram(des(24), 1);
    MaskSettings all = new MaskSettings(MaskKind.HARDENED, 0, 50.0, 0.1, Double.POSITIVE_INFINITY);
    try (Exchange exchange = new Exchange(program, MaskSettings.HARDENED);
        Exchange every = new Exchange(program, all)) {
      int[] shown = exchange.rowsShown();
      assertThat(every.rowsShown()).hasSizeGreaterThan(shown.length);
      for (QpStatus claim : QpStatus.values()) {
        MaskedAnswer honest = exchange.ask(program.linear());
        exchange.take(
            new MaskedAnswer(
                honest.mask(),
                honest.sequence(),
                claim,
                new double[honest.y().length],
                new double[honest.multipliers().length],
                1));
        exchange.masked.redraw();
        exchange.cloud.accept(exchange.masked.problem());
        assertThat(exchange.rowsShown()).as("after %s", claim).isEqualTo(shown);
      }
    }
  }

  /** The other way round: what the defaults leave out changes no optimum. */
  @Test
  void leavingRowsOutChangesNoOptimum() {
    DesProgram des = des(24);
    QuadraticProgram program = TestSystems.consensusProgram(des, 1);
    MaskSettings all = new MaskSettings(MaskKind.HARDENED, 0, 50.0, 0.1, Double.POSITIVE_INFINITY);
    try (Exchange some = new Exchange(program, MaskSettings.HARDENED);
        Exchange every = new Exchange(program, all)) {
      assertThat(some.masked.problem().rowCount()).isLessThan(every.masked.problem().rowCount());
      for (int turn = 0; turn < 3; turn++) {
        QuadraticProgram asked =
            TestSystems.withLinear(program, TestSystems.linearTerm(des, 20 + turn));
        assertThat(some.solve(asked.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
        assertThat(every.solve(asked.linear())).isEqualTo(AnswerVerdict.ACCEPTED);
        // both within the tolerance of a proof of optimality, see above
        assertThat(asked.objective(some.x)).isCloseTo(asked.objective(every.x), within(1e-6));
      }
    }
  }

  // A cloud that lies, breaks, or is slow.

  @Test
  void aCloudThatSaysItFailedIsNamed() {
    withAnswer(
        answer ->
            new MaskedAnswer(
                answer.mask(),
                answer.sequence(),
                QpStatus.ITERATION_LIMIT,
                answer.y(),
                answer.multipliers(),
                1),
        AnswerVerdict.NOT_SOLVED);
  }

  @Test
  void aTruncatedAnswerIsNamed() {
    withAnswer(
        answer ->
            with(answer, Arrays.copyOf(answer.y(), answer.y().length - 1), answer.multipliers()),
        AnswerVerdict.TRUNCATED);
    withAnswer(
        answer -> with(answer, answer.y(), Arrays.copyOf(answer.multipliers(), 3)),
        AnswerVerdict.TRUNCATED);
  }

  @Test
  void anAnswerThatIsNotFiniteIsNamed() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      withAnswer(
          answer -> {
            double[] y = answer.y().clone();
            y[y.length / 2] = bad;
            return with(answer, y, answer.multipliers());
          },
          AnswerVerdict.NOT_FINITE);
      withAnswer(
          answer -> {
            double[] multipliers = answer.multipliers().clone();
            multipliers[0] = bad;
            return with(answer, answer.y(), multipliers);
          },
          AnswerVerdict.NOT_FINITE);
    }
  }

  @Test
  void anInfeasiblePointIsNamed() {
    withAnswer(
        answer -> {
          double[] y = answer.y().clone();
          for (int c = 0; c < y.length; c++) {
            y[c] = y[c] * 1.01 + 0.01;
          }
          return with(answer, y, answer.multipliers());
        },
        AnswerVerdict.INFEASIBLE);
  }

  @Test
  void wrongMultipliersAreNamed() {
    withAnswer(
        answer -> with(answer, answer.y(), new double[answer.multipliers().length]),
        AnswerVerdict.NOT_STATIONARY);
  }

  @Test
  void anOldAnswerIsNamedEvenUnderANewNumber() {
    DesProgram des = des(4);
    QuadraticProgram program = TestSystems.consensusProgram(des, 1);
    try (Exchange exchange = new Exchange(program, MaskSettings.HARDENED)) {
      MaskedAnswer old = exchange.ask(program.linear());
      assertThat(exchange.take(old)).isEqualTo(AnswerVerdict.ACCEPTED);
      double[] moved = TestSystems.linearTerm(des, 2);
      MaskedLinearTerm term = exchange.masked.maskLinear(moved);
      assertThat(exchange.take(old)).isEqualTo(AnswerVerdict.STALE);
      MaskedAnswer relabelled =
          new MaskedAnswer(
              term.mask(), term.sequence(), old.status(), old.y(), old.multipliers(), 1);
      assertThat(exchange.take(relabelled)).isEqualTo(AnswerVerdict.NOT_STATIONARY);
      MaskedAnswer ofAnotherMask =
          new MaskedAnswer(
              term.mask() + 1, term.sequence(), old.status(), old.y(), old.multipliers(), 1);
      assertThat(exchange.take(ofAnotherMask)).isEqualTo(AnswerVerdict.STALE);
    }
  }

  @Test
  void aFeasibleButCostlierPointIsNamed() {
    DesProgram des = des(4);
    QuadraticProgram program = TestSystems.consensusProgram(des, 1);
    try (Exchange exchange = new Exchange(program, MaskSettings.HARDENED)) {
      // optimal for other prices: feasible, but not what was asked
      MaskedAnswer other = exchange.ask(TestSystems.linearTerm(des, 9));
      MaskedAnswer asked = exchange.ask(program.linear());
      assertThat(
              exchange.take(
                  new MaskedAnswer(
                      asked.mask(),
                      asked.sequence(),
                      QpStatus.SOLVED,
                      other.y(),
                      asked.multipliers(),
                      1)))
          .isIn(AnswerVerdict.NOT_STATIONARY, AnswerVerdict.NOT_COMPLEMENTARY);
    }
  }

  private static MaskedAnswer with(MaskedAnswer answer, double[] y, double[] multipliers) {
    return new MaskedAnswer(
        answer.mask(), answer.sequence(), answer.status(), y, multipliers, answer.iterations());
  }

  private interface Lie {
    MaskedAnswer tell(MaskedAnswer answer);
  }

  private static void withAnswer(Lie lie, AnswerVerdict expected) {
    QuadraticProgram program = TestSystems.consensusProgram(des(4), 1);
    try (Exchange exchange = new Exchange(program, MaskSettings.HARDENED)) {
      MaskedAnswer honest = exchange.ask(program.linear());
      assertThat(exchange.take(honest)).isEqualTo(AnswerVerdict.ACCEPTED);
      assertThat(exchange.take(lie.tell(honest))).isEqualTo(expected);
    }
  }
}
