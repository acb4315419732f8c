package io.dualgrid.consensus.newton;

import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernels;
import io.dualgrid.run.StepBenchmark;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The operator's part of a newton iteration: the blocks of each step factorised, and conjugate
 * gradients for predictor and corrector. Products with ΣJ, which sites answer in a run, are one
 * dense product here.
 */
public class PriceBenchmark extends StepBenchmark {
  private static final double PREDICTOR_TOLERANCE = 1e-1;
  private static final double CORRECTOR_TOLERANCE = 1e-3;

  private SensitivityPattern pattern;
  private double[] entries;
  private double[] whole; // ΣJ, upper triangle by columns
  private double[] h;
  private double[] later;

  @Setup
  public void setUp() {
    try (LocalSites sites = new LocalSites(NewtonKernels.besides("java"))) {
      pattern = SensitivityPattern.of(sites.steps, new int[0], false);
      NewtonSites.Opening opening = sites.open(sites.prices, pattern);
      entries = opening.sensitivities();
      whole = new double[sites.prices.length * (sites.prices.length + 1) / 2];
      double[] one = new double[whole.length];
      for (NewtonKernel kernel : sites.kernels) {
        kernel.sensitivities(one);
        for (int k = 0; k < one.length; k++) {
          whole[k] += one[k];
        }
      }
      h = opening.response();
      Random random = new Random(SEED);
      later = h.clone();
      for (int a = 0; a < later.length; a++) {
        later[a] *= 1.0 + 0.1 * random.nextGaussian();
      }
    }
  }

  @Benchmark
  public void newtonPrices(Blackhole blackhole) {
    PriceSystem system =
        new PriceSystem(pattern, false, entries, new double[h.length], this::times);
    blackhole.consume(system.solve(h, PREDICTOR_TOLERANCE, Double.POSITIVE_INFINITY));
    blackhole.consume(system.solve(later, CORRECTOR_TOLERANCE, Double.POSITIVE_INFINITY));
  }

  private double[] times(double[] v) {
    double[] product = new double[v.length];
    for (int j = 0; j < v.length; j++) {
      int column = j * (j + 1) / 2;
      for (int i = 0; i < j; i++) {
        product[i] += whole[column + i] * v[j];
        product[j] += whole[column + i] * v[i];
      }
      product[j] += whole[column + j] * v[j];
    }
    return product;
  }
}
