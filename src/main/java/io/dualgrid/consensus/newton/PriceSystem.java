package io.dualgrid.consensus.newton;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The system (ΣCᵢᵀJᵢCᵢ + D)Δq = h of a Newton step. With all entries known it is factorised
 * (Cholesky). With the blocks of each step alone they precondition conjugate gradients, whose
 * products with the whole matrix are sums over the sites, one a round (Golub and Van Loan, "Matrix
 * Computations", 11.5). Right-hand sides of one step share their directions (Erhel and Guyomarc'h,
 * "An augmented conjugate gradient method for solving consecutive symmetric positive definite
 * linear systems", SIAM J. Matrix Anal. Appl. 21, 2000).
 */
final class PriceSystem {
  /** Keeps the factors finite where no site answers a price any more; relative to the diagonal. */
  private static final double REGULARISATION = 1e-12;

  /**
   * Diagonal, of the largest, at which it is the rounding of sums: a price that nobody answers and
   * whose limit gives nothing stays as it is.
   */
  private static final double ROUNDING = 1e-14;

  /** Three solves an iteration must fit into the 256 phases that messages can number. */
  private static final int MAX_ROUNDS = 60;

  private final boolean complete;
  private final double[] inverses; // D: zero on prices of injections
  private final UnaryOperator<double[]> product;
  private final List<Block> blocks = new ArrayList<>();
  private final int injections;
  private final List<Direction> asked = new ArrayList<>();
  private int rounds;

  /**
   * Factorises.
   *
   * @param pattern of the entries
   * @param complete whether they are all there are
   * @param entries their sums over the sites
   * @param inverses D, length prices
   * @param product v ↦ ΣCᵢᵀJᵢCᵢv, asked of the sites; not used where complete
   */
  PriceSystem(
      SensitivityPattern pattern,
      boolean complete,
      double[] entries,
      double[] inverses,
      UnaryOperator<double[]> product) {
    this.complete = complete;
    this.inverses = inverses;
    this.product = product;
    injections = pattern.injections();
    List<List<Integer>> groups = new ArrayList<>();
    int[] blockOf = new int[pattern.prices()];
    int[] placeOf = new int[pattern.prices()];
    for (int a = 0; a < pattern.prices(); a++) {
      int group = complete ? 0 : pattern.stepOf(a);
      while (groups.size() <= group) {
        groups.add(new ArrayList<>());
      }
      blockOf[a] = group;
      placeOf[a] = groups.get(group).size();
      groups.get(group).add(a);
    }
    for (List<Integer> group : groups) {
      blocks.add(new Block(group.stream().mapToInt(Integer::intValue).toArray()));
    }
    for (int k = 0; k < entries.length; k++) {
      int a = pattern.first(k);
      int b = pattern.second(k);
      double value = entries[k] + (a == b ? inverses[a] : 0.0);
      blocks.get(blockOf[b]).lower[placeOf[b]][placeOf[a]] = value;
    }
    blocks.forEach(Block::factorise);
  }

  /** Rounds of products asked of the sites so far. */
  int rounds() {
    return rounds;
  }

  /**
   * Solves. The answers to all directions that have been asked for are kept: what of another
   * right-hand side lies in them is solved without asking again, and new directions are conjugate
   * to them.
   *
   * @param h right-hand side, not modified
   * @param tolerance at which conjugate gradients stop: the preconditioned residual's norm relative
   *     to that of h
   * @param balance what the residual of the injections may amount to besides: where sites answer
   *     prices much at one step and hardly at another, that norm sees little of an imbalance
   * @return Δq; not finite where the sums have left the range of numbers
   */
  double[] solve(double[] h, double tolerance, double balance) {
    double[] z = precondition(h);
    double size = dot(h, z);
    if (complete || !Double.isFinite(size)) {
      return z;
    }
    double enough = tolerance * tolerance * size;
    double[] x = new double[h.length];
    double[] residual = h.clone();
    for (Direction known : asked) {
      known.advance(x, residual);
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      z = precondition(residual);
      double rz = dot(residual, z);
      if (rz <= enough && imbalance(residual) <= balance) {
        break;
      }
      for (Direction known : asked) {
        known.removeFrom(z);
      }
      Direction next = new Direction(z, multiply(z));
      if (!(rz > 0 && next.curvature > 0 && rz < Double.POSITIVE_INFINITY)) {
        break; // all that is left is rounding
      }
      asked.add(next);
      next.advance(x, residual);
    }
    return x;
  }

  private double imbalance(double[] residual) {
    double sum = 0.0;
    for (int a = 0; a < injections; a++) {
      sum += Math.abs(residual[a]);
    }
    return sum;
  }

  private double[] multiply(double[] v) {
    rounds++;
    double[] image = product.apply(v);
    for (int a = 0; a < v.length; a++) {
      image[a] += inverses[a] * v[a];
    }
    return image;
  }

  private double[] precondition(double[] v) {
    double[] result = new double[v.length];
    for (Block block : blocks) {
      block.solve(v, result);
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0.0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** A direction of the prices, and what the matrix makes of it. */
  private static final class Direction {
    private final double[] p;
    private final double[] image;
    private final double curvature;

    Direction(double[] p, double[] image) {
      this.p = p;
      this.image = image;
      curvature = dot(p, image);
    }

    /** Goes along it as far as the residual falls. */
    void advance(double[] x, double[] residual) {
      double step = dot(p, residual) / curvature;
      for (int a = 0; a < p.length; a++) {
        x[a] += step * p[a];
        residual[a] -= step * image[a];
      }
    }

    /** Makes a vector conjugate to it. */
    void removeFrom(double[] v) {
      double part = dot(v, image) / curvature;
      for (int a = 0; a < p.length; a++) {
        v[a] -= part * p[a];
      }
    }
  }

  /** The Cholesky factor of the matrix between some prices. */
  private static final class Block {
    private final int[] prices;
    private final double[][] lower; // before factorising the matrix, after it the factor

    Block(int[] prices) {
      this.prices = prices;
      lower = new double[prices.length][];
      for (int i = 0; i < prices.length; i++) {
        lower[i] = new double[i + 1];
      }
    }

    void factorise() {
      double largest = 0.0;
      for (int i = 0; i < prices.length; i++) {
        largest = Math.max(largest, lower[i][i]);
      }
      for (int i = 0; i < prices.length; i++) {
        double[] row = lower[i];
        double diagonal = row[i];
        for (int j = 0; j <= i; j++) {
          double[] other = lower[j];
          double sum = row[j];
          for (int k = 0; k < j; k++) {
            sum -= row[k] * other[k];
          }
          if (j < i) {
            row[j] = sum / other[j];
          } else {
            double least = REGULARISATION * Math.max(diagonal, REGULARISATION);
            row[i] =
                diagonal <= ROUNDING * largest
                    ? Double.POSITIVE_INFINITY
                    : Math.sqrt(Math.max(sum, least));
          }
        }
      }
    }

    void solve(double[] v, double[] result) {
      int d = prices.length;
      double[] x = new double[d];
      for (int i = 0; i < d; i++) {
        double sum = v[prices[i]];
        for (int k = 0; k < i; k++) {
          sum -= lower[i][k] * x[k];
        }
        x[i] = sum / lower[i][i];
      }
      for (int i = d - 1; i >= 0; i--) {
        x[i] /= lower[i][i];
        for (int k = 0; k < i; k++) {
          x[k] -= lower[i][k] * x[i];
        }
        result[prices[i]] = x[i];
      }
    }
  }
}
