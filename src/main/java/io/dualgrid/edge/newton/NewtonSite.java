package io.dualgrid.edge.newton;

import io.dualgrid.consensus.newton.RowShare;
import io.dualgrid.consensus.newton.SensitivityPattern;
import io.dualgrid.consensus.newton.StepGrid;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.site.SiteProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One site in the coupled interior-point method: translates between the prices of the feeder, q =
 * (π, η) of length D = 2T + rows, and those of its own injections, sᵢ = Cᵢq. Not thread safe.
 */
public final class NewtonSite implements AutoCloseable {
  /**
   * Steps towards the centre that a site takes alone before the first iteration: enough to repair
   * the start, too few to be driven far from it where its bounds are wide.
   */
  private static final int CENTRING_STEPS = 4;

  /**
   * Product of slack and multiplier of that centre, per unit of the dearest price and of the mean
   * capacity of a node: what a site can trade is worth about so much. From products beyond it
   * multipliers of small sites have to fall by orders of magnitude, and keep the steps of all
   * short.
   */
  private static final double CENTRE = 2.5;

  /** Sites that are larger on average do not start further from the end. */
  private static final double LARGEST_CENTRE = 0.5;

  /** Of nodes of a few watts, whose share of a cost is rounding. */
  private static final double LEAST_CENTRE = 1e-4;

  private static final double LEAST_PRICE = 1e-2;

  /**
   * Limit of the steps to the centre at prices of another day, which mostly takes ten to twenty.
   */
  private static final int MOST_CENTRING_STEPS = 40;

  /** How far the mean product may be from the one wanted, relative. */
  private static final double CENTRED = 0.1;

  /** Residuals that are good enough for a start. */
  private static final double EXACT = 1e-6;

  /** To which part of itself the mean product is to fall in one step at most. */
  private static final double FASTEST_FALL = 0.1;

  /** Steps that a site which fell behind takes alone, mostly two or three, to catch up. */
  private static final int MOST_STEPS_BEHIND = 8;

  private final NewtonKernel kernel;
  private final StepSay say;
  private final double centre; // per unit of the dearest price
  private final int steps;
  private final List<RowShare> shares = new ArrayList<>();
  private final double[] packed;
  private int iteration;
  private double[] prices; // own ones of the last factorisation
  private double[] priceStep; // of the last direction
  private double target; // of its products

  /**
   * For a program and its kernel, which this site closes.
   *
   * @param kernel of the site's program, its injections coupled
   * @param meanCapacity of the nodes of the feeder, per unit
   * @param say when the step of all is to be one that this site can take
   */
  public NewtonSite(SiteProgram program, NewtonKernel kernel, double meanCapacity, StepSay say) {
    this.kernel = kernel;
    this.say = say;
    centre = Math.max(LEAST_CENTRE, Math.min(LARGEST_CENTRE, CENTRE * meanCapacity));
    steps = program.steps();
    packed = new double[steps * (2 * steps + 1)];
  }

  /** Takes a starting point at prices of length 2T; returns the number of bounds. */
  public double begin(double[] startPrices) {
    kernel.start(startPrices);
    double dearest = 0.0;
    for (double price : startPrices) {
      dearest = Math.max(dearest, Math.abs(price));
    }
    double product = centre * Math.max(LEAST_PRICE, dearest);
    for (int step = 0; step < CENTRING_STEPS; step++) {
      kernel.factorise(startPrices);
      stepAlone(product);
    }
    return kernel.bounds();
  }

  /**
   * Goes to the centre of its own program at the prices q: where all products of slack and
   * multiplier are the same.
   *
   * @param feederPrices with those of rows that have entered
   * @param product of each
   * @return the number of bounds
   */
  public double centre(double[] feederPrices, double product) {
    double[] own = ownPrices(feederPrices);
    kernel.start(own);
    double[] products = new double[4];
    for (int step = 0; step < MOST_CENTRING_STEPS; step++) {
      kernel.factorise(own);
      kernel.products(products);
      // a node without bounds has no products, and is at its centre where it is exact
      double mean = kernel.bounds() == 0 ? product : products[0] / kernel.bounds();
      if (step > 0
          && Math.abs(mean - product) < CENTRED * product
          && kernel.rowResidual() < EXACT
          && kernel.dualResidual() < EXACT) {
        break;
      }
      stepAlone(Math.max(product, FASTEST_FALL * mean));
    }
    return kernel.bounds();
  }

  /** Takes the share of a row that enters. */
  public void enter(RowShare share) {
    shares.add(share);
  }

  /** Number of rows that have entered. */
  public int rows() {
    return shares.size();
  }

  /** The steps of the rows, in the order in which they entered. */
  public int[] rowSteps() {
    return shares.stream().mapToInt(RowShare::step).toArray();
  }

  /**
   * Factorises at the prices q, and computes the step at unchanged prices towards no products, with
   * which every iteration goes on: so it is not asked for by an order of its own.
   *
   * @return Cᵢᵀuᵢ and Cᵢᵀrᵢ (D numbers each), the sum of products, the cost, then the sensitivities
   *     of the pattern
   */
  public double[] open(double[] feederPrices, SensitivityPattern pattern) {
    iteration++;
    prices = ownPrices(feederPrices);
    kernel.factorise(prices);
    double[] own = new double[2 * steps];
    kernel.coupled(own);
    double[] products = new double[4];
    kernel.products(products);
    kernel.sensitivities(packed);
    double[] entries = new double[pattern.size()];
    pattern.collect(packed, shares, entries);
    int d = pattern.prices();
    double[] report = new double[2 * d + 2 + entries.length];
    feederValues(own, report);
    report[2 * d] = products[0];
    report[2 * d + 1] = kernel.cost();
    System.arraycopy(entries, 0, report, 2 * d + 2, entries.length);
    System.arraycopy(aim(0.0, false), 0, report, d, d);
    return report;
  }

  /** The step at unchanged prices: Cᵢᵀrᵢ. */
  public double[] aim(double product, boolean secondOrder) {
    target = product;
    double[] own = new double[2 * steps];
    kernel.aim(product, secondOrder, own);
    return feederValues(own);
  }

  /** CᵢᵀJᵢCᵢv. */
  public double[] multiply(double[] v) {
    return feederValues(NewtonKernel.product(packed, ownPrices(v)));
  }

  /** Completes the step; the four coefficients of the products. */
  public double[] direct(double[] feederPriceStep) {
    priceStep = ownPrices(feederPriceStep);
    kernel.direct(priceStep);
    double[] products = new double[4];
    kernel.products(products);
    return products;
  }

  /** Level of the longest primal step; that of the whole step where this site has no say. */
  public int primalLevel() {
    return say.isHeard(iteration) ? StepGrid.level(kernel.longestPrimalStep()) : 0;
  }

  /** Level of the longest dual step; that of the whole step where this site has no say. */
  public int dualLevel() {
    return say.isHeard(iteration) ? StepGrid.level(kernel.longestDualStep()) : 0;
  }

  /**
   * Moves along the direction. Where that is further than its bounds allow, it goes as far as they
   * do, and by itself on to where its products are what the step was to leave, at the new prices.
   */
  public void move(double primalStep, double dualStep) {
    double primal = Math.min(primalStep, kernel.longestPrimalStep());
    double dual = Math.min(dualStep, kernel.longestDualStep());
    double product = Math.max(target, meanProduct(primalStep, dualStep));
    kernel.move(primal, dual);
    if (primal < primalStep || dual < dualStep) {
      for (int k = 0; k < prices.length; k++) {
        prices[k] += dualStep * priceStep[k];
      }
      catchUp(product);
    }
  }

  private double meanProduct(double primalStep, double dualStep) {
    double[] k = new double[4];
    kernel.products(k);
    double sum = k[0] + primalStep * k[1] + dualStep * k[2] + primalStep * dualStep * k[3];
    return kernel.bounds() == 0 ? 0.0 : sum / kernel.bounds();
  }

  private void catchUp(double product) {
    boolean behind = true;
    for (int step = 0; behind && step < MOST_STEPS_BEHIND; step++) {
      kernel.factorise(prices);
      behind = !stepAlone(Math.max(product, FASTEST_FALL * meanProduct(0.0, 0.0)));
    }
  }

  /**
   * Moves towards products of a size, at the prices of the last factorisation, as far as the bounds
   * allow; whether that was all of the way.
   */
  private boolean stepAlone(double product) {
    kernel.aim(product, false, new double[2 * steps]);
    kernel.direct(new double[2 * steps]);
    double primal = kernel.longestPrimalStep();
    double dual = kernel.longestDualStep();
    kernel.move(primal, dual);
    return primal >= 1.0 && dual >= 1.0;
  }

  /** The present injections, length 2T. */
  public double[] injections() {
    double[] own = new double[2 * steps];
    kernel.coupled(own);
    return own;
  }

  /** sᵢ = Cᵢq, length 2T. */
  public double[] ownPrices(double[] feederPrices) {
    double[] own = Arrays.copyOf(feederPrices, 2 * steps);
    for (int a = 0; a < shares.size(); a++) {
      RowShare share = shares.get(a);
      double price = feederPrices[2 * steps + a];
      own[share.step()] += share.active() * price;
      own[steps + share.step()] += share.reactive() * price;
    }
    return own;
  }

  private double[] feederValues(double[] own) {
    double[] values = new double[2 * steps + shares.size()];
    feederValues(own, values);
    return values;
  }

  /** Cᵢᵀ of values of the own injections. */
  private void feederValues(double[] own, double[] values) {
    System.arraycopy(own, 0, values, 0, 2 * steps);
    for (int a = 0; a < shares.size(); a++) {
      RowShare share = shares.get(a);
      values[2 * steps + a] =
          share.active() * own[share.step()] + share.reactive() * own[steps + share.step()];
    }
  }

  @Override
  public void close() {
    kernel.close();
  }
}
