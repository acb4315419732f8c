package io.dualgrid.mask.attack;

import io.dualgrid.mask.GuessedSystem;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QpResult;
import io.dualgrid.qp.QpSettings;
import io.dualgrid.qp.QpStatus;
import io.dualgrid.qp.dense.Dense;
import io.dualgrid.qp.dense.DenseSolver;
import io.dualgrid.qp.dense.JavaDenseSolverFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Attacks that compute something outright, so that blind guessing is measured on a guess that is
 * wrong by a few percent and everything else alike.
 */
final class DirectAttacks {
  /** Two figures that agree to so much are taken for the same; rounding leaves 1e-9. */
  private static final double SAME = 1e-6;

  private static final double ALIGNED = 0.999;

  /** Rounds of fitting rotation and signs in turn; few change after ten. */
  private static final int SIGN_ROUNDS = 20;

  private DirectAttacks() {}

  /**
   * Procrustes alignment of two masks: the rotation that best takes the rows of one to those of the
   * other, by the singular value decomposition of G₁ᵀG₂ (Schönemann, Psychometrika 31, 1966). The
   * attacker is told which rows belong together, and fits their signs in turn with the rotation.
   * Score: rows that then point the same way. Blind guessing: rows of the second in another order.
   */
  static AttackResult procrustes(List<MaskSample> samples) {
    double score = 0.0;
    double chance = 0.0;
    int pairs = samples.size() - 1;
    for (int s = 0; s < pairs; s++) {
      List<int[]> rows = sameRows(samples.get(s).sources(), samples.get(s + 1).sources());
      MaskedProblem first = samples.get(s).problem();
      MaskedProblem second = samples.get(s + 1).problem();
      score += aligned(first, second, rows, 0) / pairs;
      chance += aligned(first, second, rows, rows.size() / 3) / pairs;
    }
    return result(
        "Procrustes alignment of two masks",
        "which rows of the two belong together",
        score,
        chance,
        "rows aligned");
  }

  /** Rows of two masks, each pair standing for the same. */
  private static List<int[]> sameRows(int[] first, int[] second) {
    Map<Integer, Integer> rowOf = new HashMap<>();
    for (int j = 0; j < second.length; j++) {
      rowOf.put(second[j], j);
    }
    List<int[]> rows = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      if (first[i] >= 0 && rowOf.containsKey(first[i])) {
        rows.add(new int[] {i, rowOf.get(first[i])});
      }
    }
    return rows;
  }

  private static double aligned(
      MaskedProblem first, MaskedProblem second, List<int[]> rows, int offset) {
    int k = first.dimension();
    int m = rows.size();
    DMatrixRMaj g1 = new DMatrixRMaj(m, k);
    DMatrixRMaj g2 = new DMatrixRMaj(m, k);
    for (int i = 0; i < m; i++) {
      copyUnit(first.rows(), rows.get(i)[0] * k, g1, i);
      copyUnit(second.rows(), rows.get((i + offset) % m)[1] * k, g2, i);
    }
    DMatrixRMaj cross = new DMatrixRMaj(k, k);
    DMatrixRMaj rotation = new DMatrixRMaj(k, k);
    DMatrixRMaj turned = new DMatrixRMaj(m, k);
    for (int round = 0; round < SIGN_ROUNDS; round++) {
      CommonOps_DDRM.multTransA(g1, g2, cross);
      SingularValueDecomposition_F64<DMatrixRMaj> svd =
          DecompositionFactory_DDRM.svd(k, k, true, true, false);
      svd.decompose(cross);
      CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), rotation);
      CommonOps_DDRM.mult(g1, rotation, turned);
      for (int i = 0; i < m; i++) {
        if (Dense.dot(turned.data, i * k, g2.data, i * k, k) < 0) {
          Dense.scale(g2.data, i * k, -1.0, k);
        }
      }
    }
    int right = 0;
    for (int i = 0; i < m; i++) {
      right += Dense.dot(turned.data, i * k, g2.data, i * k, k) > ALIGNED ? 1 : 0;
    }
    return (double) right / m;
  }

  private static void copyUnit(double[] rows, int at, DMatrixRMaj target, int row) {
    int k = target.numCols;
    double norm = Math.sqrt(Dense.dot(rows, at, rows, at, k));
    for (int c = 0; c < k; c++) {
      target.set(row, c, rows[at + c] / (norm > 0 ? norm : 1.0));
    }
  }

  /** Eigenvalues of NᵀPN, up to a common scale: those of the masked matrix are the same? */
  static AttackResult eigenvalues(GuessedSystem guess, List<MaskSample> samples) {
    double[] expected = spectrum(guess.quadratic(), guess.dimension());
    double[] wrong = expected.clone();
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] *= 1.0 + 0.03 * Math.sin(i + 1.0);
    }
    double score = 0.0;
    double chance = 0.0;
    for (MaskSample sample : samples) {
      double[] seen = spectrum(sample.problem().quadratic(), sample.problem().dimension());
      score += sameParts(seen, expected) / samples.size();
      chance += sameParts(seen, wrong) / samples.size();
    }
    return result(
        "eigenvalues of the quadratic term",
        "the whole program, right",
        score,
        chance,
        "eigenvalues recognised, scale aside");
  }

  /** Positive eigenvalues over the largest one, descending; zero ones say nothing. */
  private static double[] spectrum(double[] matrix, int k) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, false, true);
    eigen.decompose(new DMatrixRMaj(k, k, true, matrix.clone()));
    double[] values = new double[k];
    for (int i = 0; i < k; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    List<Double> kept = new ArrayList<>();
    double largest = values[k - 1];
    for (int i = k - 1; i >= 0 && values[i] > 1e-9 * largest; i--) {
      kept.add(values[i] / largest);
    }
    return kept.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The first is one by construction and does not count. */
  private static double sameParts(double[] seen, double[] expected) {
    int n = Math.max(seen.length, expected.length);
    int same = 0;
    for (int i = 1; i < Math.min(seen.length, expected.length); i++) {
      same += Math.abs(seen[i] - expected[i]) <= SAME * expected[i] ? 1 : 0;
    }
    return n > 1 ? same / (n - 1.0) : 0.0;
  }

  /** Are the bounds h − G·x0 of the guess among those of the masked problem? */
  static AttackResult bounds(GuessedSystem guess, List<MaskSample> samples) {
    double[] expected = finite(guess.lower(), guess.upper());
    double[] wrong = expected.clone();
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] *= 1.0 + 0.03 * (1.5 + Math.sin(i + 1.0));
    }
    double score = 0.0;
    double chance = 0.0;
    for (MaskSample sample : samples) {
      double[] seen = finite(sample.problem().lower(), sample.problem().upper());
      score += found(seen, expected) / samples.size();
      chance += found(seen, wrong) / samples.size();
    }
    return result(
        "recovery of h − G·x0", "the whole program, right", score, chance, "bounds recognised");
  }

  private static double[] finite(double[] lower, double[] upper) {
    List<Double> values = new ArrayList<>();
    for (double[] side : List.of(lower, upper)) {
      for (double value : side) {
        if (Double.isFinite(value) && Math.abs(value) > SAME) {
          values.add(Math.abs(value));
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static double found(double[] seen, double[] expected) {
    int count = 0;
    for (double value : seen) {
      int at = Arrays.binarySearch(expected, value * (1 - SAME));
      int next = at >= 0 ? at : -at - 1;
      count += next < expected.length && expected[next] <= value * (1 + SAME) ? 1 : 0;
    }
    return seen.length > 0 ? (double) count / seen.length : 0.0;
  }

  /**
   * The optimum of the masked objective plus the constant that the guess gives: is it the optimum
   * of the program, to one percent?
   *
   * @param optimum of the program's own objective, the penalties included
   */
  static AttackResult objective(GuessedSystem guess, double optimum, List<MaskSample> samples) {
    int right = 0;
    int byChance = 0;
    List<String> shown = new ArrayList<>();
    for (MaskSample sample : samples) {
      MaskedProblem problem = sample.problem();
      QpResult solved;
      try (DenseSolver solver =
          new JavaDenseSolverFactory()
              .setup(
                  problem.dimension(),
                  problem.quadratic(),
                  problem.rows(),
                  problem.lower(),
                  problem.upper(),
                  new QpSettings(1e-7, 1e-7, 20_000))) {
        solved = solver.solve(sample.term().linear());
      }
      if (solved.status() == QpStatus.ERROR) {
        continue;
      }
      int k = problem.dimension();
      double value = Dense.dot(sample.term().linear(), 0, solved.x(), 0, k);
      for (int i = 0; i < k; i++) {
        value += 0.5 * solved.x()[i] * Dense.dot(problem.quadratic(), i * k, solved.x(), 0, k);
      }
      double recovered = value + guess.objectiveAtParticular();
      right += Math.abs(recovered - optimum) <= 0.01 * Math.abs(optimum) ? 1 : 0;
      byChance += Math.abs(1.5 * recovered - optimum) <= 0.01 * Math.abs(optimum) ? 1 : 0;
      if (shown.size() < 3) {
        shown.add(String.format(Locale.ROOT, "%.3g", recovered));
      }
    }
    return result(
        "recovery of the objective",
        "the whole program but its optimum",
        (double) right / samples.size(),
        (double) byChance / samples.size(),
        String.format(Locale.ROOT, "recovered %s; true %.3g", String.join(", ", shown), optimum));
  }

  /** Parts that agree by coincidence have a standard deviation of at most that over one part. */
  private static AttackResult result(
      String attack, String assumed, double score, double chance, String detail) {
    return new AttackResult(attack, assumed, score, chance, 0.02, detail);
  }

  /** Pairs of parallel rows, a part of all rows. */
  static int parallelPairs(MaskedProblem problem) {
    double[][] cosines = DenseRows.of(problem).cosines();
    int pairs = 0;
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < i; j++) {
        pairs += Math.abs(cosines[i][j]) > 1 - 1e-9 ? 1 : 0;
      }
    }
    return pairs;
  }
}
