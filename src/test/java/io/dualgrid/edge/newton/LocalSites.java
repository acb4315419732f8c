package io.dualgrid.edge.newton;

import io.dualgrid.consensus.newton.CoupledLimits;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.NearLimit;
import io.dualgrid.consensus.newton.NewtonSites;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.consensus.newton.SensitivityPattern;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.qp.BoundingSolvers;
import io.dualgrid.qp.java.JavaNewtonKernel;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.InstalledCapacity;
import io.dualgrid.site.SiteProgram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Sites as plain objects, which exchange nothing but the vectors that messages will carry. */
final class LocalSites implements NewtonSites {
  final GridCase gridCase;
  final Horizon horizon;
  final FeederPaths paths;
  final CoupledLimits limits;
  final SiteProgram[] programs;
  final NewtonSite[] sites;
  final SitePoint[] points;
  private final double meanCapacity;
  private final Set<RowPlace> entered = new HashSet<>();
  int certificates; // points that were asked for

  LocalSites(GridCase gridCase, int steps) {
    this.gridCase = gridCase;
    horizon = Horizon.of(gridCase.limits(), steps, Sampling.FIRST);
    List<Integer> ids = gridCase.nodes().stream().map(GridCase.Node::id).toList();
    paths = new FeederPaths(gridCase.tree(), ids, gridCase.limits());
    limits = CoupledLimits.of(gridCase.limits());
    int n = ids.size();
    programs = new SiteProgram[n];
    sites = new NewtonSite[n];
    points = new SitePoint[n];
    double total = 0.0;
    double[] capacity = new double[n];
    for (int i = 0; i < n; i++) {
      capacity[i] = InstalledCapacity.of(gridCase.nodes().get(i), horizon);
      total += capacity[i];
    }
    meanCapacity = total / n;
    DesAssembler assembler = new DesAssembler(gridCase, horizon);
    for (int i = 0; i < n; i++) {
      programs[i] = SiteProgram.of(assembler.assemble(gridCase.nodes().get(i)), 1.0);
      sites[i] =
          new NewtonSite(
              programs[i],
              new JavaNewtonKernel(programs[i].program(), programs[i].injections()),
              meanCapacity,
              i == paths.root() ? StepSay.ALWAYS : StepSay.of(i, capacity[i] / total));
      points[i] =
          new SitePoint(
              programs[i],
              100 * horizon.stepHours() / (capacity[i] + 1e-3 * total),
              capacity[i],
              BoundingSolvers.preferred());
    }
  }

  double[] startPrices() {
    double[] prices = new double[2 * horizon.steps()];
    gridCase.nodes().stream()
        .flatMap(node -> node.devices().stream())
        .filter(GridInterface.class::isInstance)
        .map(GridInterface.class::cast)
        .forEach(
            grid -> {
              double[] buy = grid.buyPricePerKwh().sample(horizon.steps(), horizon.sampling());
              for (int t = 0; t < buy.length; t++) {
                prices[t] = 0.8 * buy[t] * horizon.stepHours();
              }
            });
    return prices;
  }

  private double[] sum(IntFunction<double[]> report) {
    return IntStream.range(0, sites.length)
        .parallel()
        .mapToObj(report)
        .reduce(
            (a, b) -> {
              double[] c = a.clone();
              for (int k = 0; k < c.length; k++) {
                c[k] += b[k];
              }
              return c;
            })
        .orElseThrow();
  }

  @Override
  public double begin(double[] prices) {
    return sum(i -> new double[] {sites[i].begin(prices)})[0];
  }

  @Override
  public double relax() {
    entered.clear();
    for (int i = 0; i < sites.length; i++) {
      SiteProgram free = programs[i].withoutCosts();
      sites[i].close();
      sites[i] =
          new NewtonSite(
              free,
              new JavaNewtonKernel(free.program(), free.injections()),
              meanCapacity,
              StepSay.ALWAYS);
    }
    return begin(new double[2 * horizon.steps()]);
  }

  @Override
  public double centre(double[] prices, double centre) {
    return sum(i -> new double[] {sites[i].centre(prices, centre)})[0];
  }

  @Override
  public void enter(List<NearLimit> near) {
    for (NearLimit limit : near) {
      entered.add(limit.place());
      for (int i = 0; i < sites.length; i++) {
        sites[i].enter(paths.share(limit.place(), i));
      }
    }
  }

  @Override
  public Opening open(double[] prices, SensitivityPattern pattern) {
    return Opening.of(sum(i -> sites[i].open(prices, pattern)), pattern.prices());
  }

  @Override
  public double[] aim(double target, boolean secondOrder) {
    return sum(i -> sites[i].aim(target, secondOrder));
  }

  @Override
  public double[] multiply(double[] v) {
    return sum(i -> sites[i].multiply(v));
  }

  @Override
  public Direction direct(double[] priceStep) {
    double[] products = sum(i -> sites[i].direct(priceStep));
    int primal = 0;
    int dual = 0;
    for (NewtonSite site : sites) {
      primal = Math.max(primal, site.primalLevel());
      dual = Math.max(dual, site.dualLevel());
    }
    return new Direction(products, primal, dual);
  }

  @Override
  public void move(double primalStep, double dualStep) {
    for (NewtonSite site : sites) {
      site.move(primalStep, dualStep);
    }
  }

  /** Flows {P, Q} of the line above each node and voltages, at one step. */
  private double[][] sweep(double[][] u, int t) {
    int n = sites.length;
    double[] p = new double[n];
    double[] q = new double[n];
    double[] v = new double[n];
    int[] order = paths.topDown();
    for (int k = n - 1; k > 0; k--) {
      int i = order[k];
      p[i] -= u[i][t];
      q[i] -= u[i][horizon.steps() + t];
      p[paths.parent(i)] += p[i];
      q[paths.parent(i)] += q[i];
    }
    v[order[0]] = gridCase.limits().rootVoltagePu();
    for (int k = 1; k < n; k++) {
      int i = order[k];
      v[i] =
          v[paths.parent(i)] / paths.ratio(i)
              - paths.resistance(i) * p[i]
              - paths.reactance(i) * q[i];
    }
    return new double[][] {p, q, v};
  }

  @Override
  public List<NearLimit> near() {
    double voltagePu = 1e-3;
    double flowShare = 0.5;
    double[][] u = new double[sites.length][];
    for (int i = 0; i < u.length; i++) {
      u[i] = sites[i].injections();
    }
    List<NearLimit> near = new ArrayList<>();
    for (int t = 0; t < horizon.steps(); t++) {
      double[][] state = sweep(u, t);
      int low = paths.topDown()[1];
      int high = low;
      int active = low;
      int reactive = low;
      for (int k = 1; k < u.length; k++) {
        int i = paths.topDown()[k];
        low = state[2][i] < state[2][low] ? i : low;
        high = state[2][i] > state[2][high] ? i : high;
        active = Math.abs(state[0][i]) > Math.abs(state[0][active]) ? i : active;
        reactive = Math.abs(state[1][i]) > Math.abs(state[1][reactive]) ? i : reactive;
      }
      if (state[2][low] < limits.voltageMin() + voltagePu) {
        add(near, RowPlace.Kind.VOLTAGE, low, t, state[2][low]);
      }
      if (state[2][high] > limits.voltageMax() - voltagePu) {
        add(near, RowPlace.Kind.VOLTAGE, high, t, state[2][high]);
      }
      if (Math.abs(state[0][active]) > flowShare * limits.flow()) {
        add(near, RowPlace.Kind.ACTIVE_FLOW, active, t, -state[0][active]);
      }
      if (Math.abs(state[1][reactive]) > flowShare * limits.flow()) {
        add(near, RowPlace.Kind.REACTIVE_FLOW, reactive, t, -state[1][reactive]);
      }
    }
    return near;
  }

  private void add(List<NearLimit> near, RowPlace.Kind kind, int node, int step, double value) {
    RowPlace place = new RowPlace(kind, node, step);
    if (!entered.contains(place)) {
      near.add(new NearLimit(place, value));
    }
  }

  @Override
  public double bound(double[] prices, boolean free) {
    return sum(
        i -> {
          double[] own = sites[i].ownPrices(prices);
          return new double[] {free ? points[i].freeBound(own) : points[i].bound(own)};
        })[0];
  }

  @Override
  public double polish(double[] prices) {
    certificates++;
    int root = paths.root();
    double[][] u = new double[sites.length][];
    double[] cost =
        sum(
            i -> {
              if (i == root) {
                return new double[1];
              }
              double[] x = points[i].near(sites[i].ownPrices(prices), sites[i].injections());
              u[i] = x == null ? null : programs[i].injectionsOf(x);
              return new double[] {x == null ? Double.POSITIVE_INFINITY : points[i].costOf(x)};
            });
    if (Double.isInfinite(cost[0])) {
      return Double.POSITIVE_INFINITY;
    }
    double[] served = new double[2 * horizon.steps()];
    for (int i = 0; i < u.length; i++) {
      for (int k = 0; i != root && k < served.length; k++) {
        served[k] -= u[i][k];
      }
    }
    double[] x = SitePoint.serve(programs[root], served, BoundingSolvers.preferred());
    if (x == null) {
      return Double.POSITIVE_INFINITY;
    }
    u[root] = served;
    for (int t = 0; t < horizon.steps(); t++) {
      double[][] state = sweep(u, t);
      for (int i = 0; i < u.length; i++) {
        if (i != root
            && (state[2][i] < limits.voltageMin() - 1e-6
                || state[2][i] > limits.voltageMax() + 1e-6
                || Math.abs(state[0][i]) > limits.flow()
                || Math.abs(state[1][i]) > limits.flow())) {
          return Double.POSITIVE_INFINITY;
        }
      }
    }
    return cost[0] + points[root].costOf(x);
  }

  @Override
  public void keep() {}
}
