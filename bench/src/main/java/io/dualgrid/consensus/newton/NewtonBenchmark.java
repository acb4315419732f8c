package io.dualgrid.consensus.newton;

import io.dualgrid.qp.NewtonKernels;
import io.dualgrid.run.StepBenchmark;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** What all sites do in an iteration of newton, its messages and the operator's part left out. */
public class NewtonBenchmark extends StepBenchmark {
  private static final double TARGET = 1e-3;

  @Param({"native", "java"})
  public String kernel;

  private LocalSites sites;
  private SensitivityPattern pattern;
  private double[][] ownPrices;
  private double[] priceStep;

  @Setup
  public void setUp() {
    sites = new LocalSites(NewtonKernels.besides(kernel));
    pattern = SensitivityPattern.of(sites.steps, new int[0], false);
    ownPrices =
        sites.sites.stream().map(site -> site.ownPrices(sites.prices)).toArray(double[][]::new);
    priceStep = new Random(SEED).doubles(sites.prices.length, -1e-3, 1e-3).toArray();
    sites.open(sites.prices, pattern);
  }

  /** Residuals and the factors of K at the present point. */
  @Benchmark
  public void newtonFactorise() {
    for (int i = 0; i < ownPrices.length; i++) {
      sites.kernels.get(i).factorise(ownPrices[i]);
    }
  }

  /**
   * Factors, J = EK⁻¹Eᵀ and the entries that are summed, and the first step at unchanged prices:
   * what opens an iteration.
   */
  @Benchmark
  public NewtonSites.Opening newtonOpen() {
    return sites.open(sites.prices, pattern);
  }

  /** A predictor, whose first half opens the iteration, and a corrector. */
  @Benchmark
  public void newtonDirections(Blackhole blackhole) {
    blackhole.consume(sites.direct(priceStep));
    blackhole.consume(sites.aim(TARGET, true));
    blackhole.consume(sites.direct(priceStep));
  }

  /** One product ΣJv of conjugate gradients, of some five an iteration. */
  @Benchmark
  public double[] newtonMultiply() {
    return sites.multiply(priceStep);
  }

  /** The lower bound of a certificate. */
  @Benchmark
  public double newtonBound() {
    return sites.bound(sites.prices, false);
  }

  /** The sites' feasible points of a certificate. */
  @Benchmark
  public void newtonPoint(Blackhole blackhole) {
    for (int i = 0; i < ownPrices.length; i++) {
      double[] injections = sites.sites.get(i).injections();
      blackhole.consume(sites.points.get(i).near(ownPrices[i], injections));
    }
  }

  @TearDown
  public void tearDown() {
    sites.close();
    Arrays.fill(ownPrices, null);
  }
}
