package io.dualgrid.consensus.newton;

import io.dualgrid.device.DesProgram;
import io.dualgrid.edge.newton.NewtonSite;
import io.dualgrid.edge.newton.SitePoint;
import io.dualgrid.edge.newton.StepSay;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.NewtonKernelFactory;
import io.dualgrid.qp.QpBackends;
import io.dualgrid.run.BenchFeeder;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.InstalledCapacity;
import io.dualgrid.site.SiteProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The sites of yingkou-60 in one place, without messages, some iterations of the coupled
 * interior-point method from its start. No limit enters, as none is near before the last iterations
 * of that case.
 */
final class LocalSites implements NewtonSites, AutoCloseable {
  /** Half of what the case takes: matrices are neither those of the start nor of the end. */
  private static final int ITERATIONS = 8;

  private static final double START_PRICE = 0.8;

  /** As in a run, see {@code NewtonEdge}. */
  private static final double POLISH = 100.0;

  final int steps;
  final List<NewtonKernel> kernels = new ArrayList<>();
  final List<NewtonSite> sites = new ArrayList<>();
  final List<SitePoint> points = new ArrayList<>();
  final double[] prices;

  LocalSites(NewtonKernelFactory factory) {
    BenchFeeder feeder = new BenchFeeder();
    steps = feeder.horizon.steps();
    double[] start = startPrices(feeder);
    double scale = CoupledNewton.costScale(start);
    BoundingSolvers solvers = BoundingSolvers.besides(QpBackends.named(factory.name()));
    double[] capacities =
        feeder.gridCase.nodes().stream()
            .mapToDouble(node -> InstalledCapacity.of(node, feeder.horizon))
            .toArray();
    double mean = Arrays.stream(capacities).average().orElseThrow();
    for (int i = 0; i < feeder.programs.size(); i++) {
      DesProgram program = feeder.programs.get(i);
      SiteProgram site = SiteProgram.of(program, scale);
      NewtonKernel kernel = factory.setup(site.program(), site.injections());
      kernels.add(kernel);
      sites.add(new NewtonSite(site, kernel, mean, StepSay.ALWAYS));
      points.add(
          new SitePoint(
              site,
              POLISH * feeder.horizon.stepHours() / (1e-3 + capacities[i]),
              capacities[i],
              solvers));
    }
    Arrays.setAll(start, t -> START_PRICE * start[t] / scale);
    prices = iterate(feeder, start);
  }

  private static double[] startPrices(BenchFeeder feeder) {
    double[] prices = new double[2 * feeder.horizon.steps()];
    double[] root = feeder.horizon.priceOfStep(feeder.gridCase.tariffPerKwh());
    System.arraycopy(root, 0, prices, 0, root.length);
    return prices;
  }

  private double[] iterate(BenchFeeder feeder, double[] start) {
    List<Integer> ids = feeder.gridCase.nodes().stream().map(GridCase.Node::id).toList();
    CoupledStep step =
        new CoupledStep(
            this,
            CoupledLimits.of(feeder.gridCase.limits()),
            new FeederPaths(feeder.gridCase.tree(), ids, feeder.gridCase.limits()),
            Arrays.stream(start).mapToObj(BalanceRow::new).toList(),
            begin(start),
            new NewtonSettings(1e-4, false),
            false);
    for (int k = 0; k < ITERATIONS; k++) {
      step.take();
    }
    return step.priceVector();
  }

  private double[] sum(IntFunction<double[]> report) {
    double[] sum = report.apply(0).clone();
    for (int i = 1; i < sites.size(); i++) {
      double[] one = report.apply(i);
      for (int k = 0; k < sum.length; k++) {
        sum[k] += one[k];
      }
    }
    return sum;
  }

  @Override
  public double begin(double[] startPrices) {
    return sum(i -> new double[] {sites.get(i).begin(startPrices)})[0];
  }

  @Override
  public double relax() {
    throw new IllegalStateException("nothing is short");
  }

  @Override
  public double centre(double[] q, double centre) {
    return sum(i -> new double[] {sites.get(i).centre(q, centre)})[0];
  }

  @Override
  public void enter(List<NearLimit> near) {
    throw new IllegalStateException("no limit is near");
  }

  @Override
  public Opening open(double[] q, SensitivityPattern pattern) {
    return Opening.of(sum(i -> sites.get(i).open(q, pattern)), pattern.prices());
  }

  @Override
  public double[] aim(double target, boolean secondOrder) {
    return sum(i -> sites.get(i).aim(target, secondOrder));
  }

  @Override
  public double[] multiply(double[] v) {
    return sum(i -> sites.get(i).multiply(v));
  }

  @Override
  public Direction direct(double[] priceStep) {
    double[] products = sum(i -> sites.get(i).direct(priceStep));
    int primal = sites.stream().mapToInt(NewtonSite::primalLevel).max().orElseThrow();
    int dual = sites.stream().mapToInt(NewtonSite::dualLevel).max().orElseThrow();
    return new Direction(products, primal, dual);
  }

  @Override
  public void move(double primalStep, double dualStep) {
    sites.forEach(site -> site.move(primalStep, dualStep));
  }

  @Override
  public List<NearLimit> near() {
    return List.of();
  }

  @Override
  public double bound(double[] q, boolean free) {
    return sum(i -> new double[] {bound(i, q, free)})[0];
  }

  private double bound(int i, double[] q, boolean free) {
    double[] prices = sites.get(i).ownPrices(q);
    return free ? points.get(i).freeBound(prices) : points.get(i).bound(prices);
  }

  @Override
  public double polish(double[] q) {
    throw new IllegalStateException("needs the lines");
  }

  @Override
  public void keep() {
    throw new IllegalStateException("needs the lines");
  }

  @Override
  public void close() {
    sites.forEach(NewtonSite::close);
    points.forEach(SitePoint::close);
  }
}
