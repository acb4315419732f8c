package io.dualgrid.steering;

import io.dualgrid.consensus.newton.CoupledLimits;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.consensus.newton.NearGrid;
import io.dualgrid.consensus.newton.NearLimit;
import io.dualgrid.consensus.newton.NewtonSites;
import io.dualgrid.consensus.newton.RowPlace;
import io.dualgrid.consensus.newton.SensitivityPattern;
import io.dualgrid.consensus.newton.StepGrid;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonBegin;
import io.dualgrid.protocol.NewtonBound;
import io.dualgrid.protocol.NewtonDirect;
import io.dualgrid.protocol.NewtonFind;
import io.dualgrid.protocol.NewtonKeep;
import io.dualgrid.protocol.NewtonLevels;
import io.dualgrid.protocol.NewtonMove;
import io.dualgrid.protocol.NewtonMultiply;
import io.dualgrid.protocol.NewtonOpen;
import io.dualgrid.protocol.NewtonPolish;
import io.dualgrid.protocol.NewtonRelax;
import io.dualgrid.protocol.NewtonRows;
import io.dualgrid.protocol.NewtonSweep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The sites as who steers reaches them: an order to all, and the sum of their reports. */
final class SummedSites implements NewtonSites {
  private final Talk talk;
  private final FeederPaths paths;
  private final CoupledLimits limits;
  private final int steps;
  private final boolean full;
  private final Set<RowPlace> entered = new HashSet<>();
  private int ranks = NearGrid.RANKS;

  SummedSites(Talk talk, FeederPaths paths, CoupledLimits limits, int steps, boolean full) {
    this.talk = talk;
    this.paths = paths;
    this.limits = limits;
    this.steps = steps;
    this.full = full;
  }

  @Override
  public double begin(double[] prices) {
    return talk.sum(new NewtonBegin(prices, 0.0))[0];
  }

  @Override
  public double centre(double[] prices, double centre) {
    return talk.sum(new NewtonBegin(prices, centre))[0];
  }

  @Override
  public double relax() {
    entered.clear();
    ranks = NearGrid.FINE_RANKS;
    return talk.sum(new NewtonRelax())[0];
  }

  @Override
  public void enter(List<NearLimit> near) {
    near.forEach(limit -> entered.add(limit.place()));
    talk.tell(
        new NewtonRows(
            near.stream().mapToInt(limit -> limit.place().node()).toArray(),
            near.stream().mapToInt(this::placeOf).toArray()));
  }

  /** Number of the limit among those of its node. */
  private int placeOf(NearLimit near) {
    return NearGrid.side(near, limits) * steps + near.place().step();
  }

  @Override
  public Opening open(double[] prices, SensitivityPattern pattern) {
    return Opening.of(talk.sum(new NewtonOpen(full, prices)), pattern.prices());
  }

  @Override
  public double[] aim(double target, boolean secondOrder) {
    return talk.sum(new NewtonAim(target, secondOrder));
  }

  @Override
  public double[] multiply(double[] v) {
    return talk.sum(new NewtonMultiply(v));
  }

  @Override
  public Direction direct(double[] priceStep) {
    double[] sum = talk.sum(new NewtonDirect(priceStep));
    int products = sum.length - 2 * StepGrid.LEVELS;
    return new Direction(
        Arrays.copyOf(sum, products),
        highest(sum, products, StepGrid.LEVELS),
        highest(sum, products + StepGrid.LEVELS, StepGrid.LEVELS));
  }

  /** One more than the last of these numbers that is not zero; zero where all are. */
  private static int highest(double[] values, int from, int count) {
    int highest = count;
    while (highest > 0 && values[from + highest - 1] == 0.0) {
      highest--;
    }
    return highest;
  }

  @Override
  public void move(double primalStep, double dualStep) {
    talk.tell(new NewtonMove(primalStep, dualStep));
  }

  @Override
  public List<NearLimit> near() {
    List<double[]> searched = levels(talk.sweep(new NewtonSweep()));
    int numbers =
        searched.stream()
            .mapToInt(one -> NearGrid.numbers((int) one[0] / steps, paths.count(), ranks))
            .max()
            .orElse(1);
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(numbers - 1);
    for (int bit = bits - 1; bit >= 0 && !searched.isEmpty(); bit--) {
      searched = narrowed(searched, bit);
    }
    List<NearLimit> near = new ArrayList<>();
    for (double[] found : searched) {
      int place = (int) found[0];
      NearLimit limit =
          NearGrid.limit(
              place / steps, (int) found[2], place % steps, (int) found[1], limits, paths);
      // a node that is near both of its limits has one row for them, as a line has for both sides
      if (!entered.contains(limit.place())) {
        near.add(limit);
      }
    }
    return near;
  }

  /** Place and level of each limit that somebody is near, and the prefix of a number, empty yet. */
  private List<double[]> levels(double[] near) {
    double[] places =
        IntStream.range(0, near.length).filter(k -> near[k] != 0.0).asDoubleStream().toArray();
    List<double[]> searched = new ArrayList<>();
    if (places.length > 0) {
      double[] sum = talk.sum(new NewtonLevels(places));
      for (int k = 0; k < places.length; k++) {
        int level = highest(sum, k * NearGrid.LEVELS, NearGrid.LEVELS);
        if (level > 0) {
          searched.add(new double[] {places[k], level, 0});
        }
      }
    }
    return searched;
  }

  /** One more bit of each number: zero where anybody with a zero answers. */
  private List<double[]> narrowed(List<double[]> searched, int bit) {
    double[] answer =
        talk.sum(
            new NewtonFind(bit, column(searched, 0), column(searched, 1), column(searched, 2)));
    List<double[]> left = new ArrayList<>();
    for (int k = 0; k < searched.size(); k++) {
      double[] one = searched.get(k);
      if (answer[2 * k] != 0.0 || answer[2 * k + 1] != 0.0) {
        left.add(new double[] {one[0], one[1], 2 * one[2] + (answer[2 * k] != 0.0 ? 0 : 1)});
      }
    }
    return left;
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  @Override
  public double bound(double[] prices, boolean free) {
    double[] sum = talk.sum(new NewtonBound(free, prices));
    return sum[1] == 0.0 ? sum[0] : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double polish(double[] prices) {
    double[] sum = talk.sweep(new NewtonPolish(prices));
    return sum[1] == 0.0 ? sum[0] : Double.POSITIVE_INFINITY;
  }

  @Override
  public void keep() {
    talk.tell(new NewtonKeep());
  }
}
