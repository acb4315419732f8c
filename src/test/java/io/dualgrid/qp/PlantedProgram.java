package io.dualgrid.qp;

import java.util.Random;

/**
 * A random program whose optimum is known by construction: x, the active rows and their multipliers
 * are drawn first, then the linear term and the bounds that make them optimal.
 *
 * @param program the program
 * @param x an optimal point
 * @param y multipliers that prove it
 */
public record PlantedProgram(QuadraticProgram program, double[] x, double[] y) {

  /** What a planted program looks like. */
  public static final class Recipe {
    public int variables = 30;
    public int rows = 40;
    public double density = 0.2;

    /** Rank of P; 0 makes it a linear program. */
    public int quadraticRank = 30;

    public double equalityShare = 0.2;
    public double activeShare = 0.3;

    /** Share of active rows with a zero multiplier. */
    public double degenerateShare;

    /** Rows that repeat earlier rows. */
    public int repeatedRows;

    /** Rows and columns are multiplied by 10^±this. */
    public double decades;

    /** A program of this kind; the same for the same seed. */
    public PlantedProgram plant(long seed) {
      return new Planter(this, new Random(seed)).plant("planted-" + seed);
    }
  }

  private static final class Planter {
    private final Recipe recipe;
    private final Random random;

    Planter(Recipe recipe, Random random) {
      this.recipe = recipe;
      this.random = random;
    }

    PlantedProgram plant(String name) {
      int n = recipe.variables;
      int m = recipe.rows;
      double[] columnScale = scales(n);
      double[] rowScale = scales(m);
      double[][] a = new double[m][n];
      for (int i = 0; i < m; i++) {
        if (i >= m - recipe.repeatedRows) {
          a[i] = a[i - m + recipe.repeatedRows].clone();
          continue;
        }
        a[i][random.nextInt(n)] = random.nextGaussian();
        for (int j = 0; j < n; j++) {
          if (random.nextDouble() < recipe.density) {
            a[i][j] = random.nextGaussian();
          }
        }
      }
      SparseMatrix.Builder constraints = SparseMatrix.builder(m, n);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          if (a[i][j] != 0.0) {
            constraints.add(i, j, rowScale[i] * a[i][j] * columnScale[j]);
          }
        }
      }
      SparseMatrix rows = constraints.build();

      double[] x = new double[n];
      for (int j = 0; j < n; j++) {
        x[j] = random.nextGaussian() / columnScale[j];
      }
      double[] y = new double[m];
      double[] lower = new double[m];
      double[] upper = new double[m];
      double[] activity = new double[m];
      rows.multiply(x, activity);
      for (int i = 0; i < m; i++) {
        placeBounds(i, rowScale[i], activity[i], y, lower, upper);
      }

      SparseMatrix quadratic = quadratic(n, columnScale);
      QuadraticProgram withoutLinear =
          new QuadraticProgram(name, quadratic, new double[n], rows, lower, upper);
      double[] linear = new double[n];
      rows.multiplyTransposed(y, linear);
      double[] gradient = Kkt.gradient(withoutLinear, x);
      for (int j = 0; j < n; j++) {
        linear[j] = -linear[j] - gradient[j];
      }
      return new PlantedProgram(
          new QuadraticProgram(name, quadratic, linear, rows, lower, upper), x, y);
    }

    private void placeBounds(
        int i, double scale, double activity, double[] y, double[] lower, double[] upper) {
      double slack = scale * (0.1 + random.nextDouble());
      double multiplier =
          random.nextDouble() < recipe.degenerateShare
              ? 0.0
              : (0.1 + Math.abs(random.nextGaussian())) / scale;
      if (random.nextDouble() < recipe.equalityShare) {
        lower[i] = activity;
        upper[i] = activity;
        y[i] = random.nextBoolean() ? multiplier : -multiplier;
      } else if (random.nextDouble() < recipe.activeShare) {
        boolean atUpper = random.nextBoolean();
        boolean oneSided = random.nextBoolean();
        lower[i] = atUpper ? (oneSided ? Double.NEGATIVE_INFINITY : activity - slack) : activity;
        upper[i] = atUpper ? activity : (oneSided ? Double.POSITIVE_INFINITY : activity + slack);
        y[i] = atUpper ? multiplier : -multiplier;
      } else {
        lower[i] = random.nextBoolean() ? activity - slack : Double.NEGATIVE_INFINITY;
        upper[i] = random.nextBoolean() ? activity + slack : Double.POSITIVE_INFINITY;
      }
    }

    private SparseMatrix quadratic(int n, double[] columnScale) {
      SparseMatrix.Builder builder = SparseMatrix.builder(n, n);
      for (int j = 0; j < n; j++) {
        builder.add(j, j, 0.0);
      }
      for (int r = 0; r < recipe.quadraticRank; r++) {
        int count = Math.min(n, 3);
        int[] places = random.ints(0, n).distinct().limit(count).sorted().toArray();
        double[] values = random.doubles(count, -1.0, 1.0).toArray();
        for (int s = 0; s < count; s++) {
          for (int t = s; t < count; t++) {
            double scale = columnScale[places[s]] * columnScale[places[t]];
            builder.add(places[s], places[t], values[s] * values[t] * scale);
          }
        }
      }
      return builder.build();
    }

    private double[] scales(int count) {
      double[] scales = new double[count];
      for (int i = 0; i < count; i++) {
        scales[i] = Math.pow(10, recipe.decades * (2 * random.nextDouble() - 1));
      }
      return scales;
    }
  }
}
