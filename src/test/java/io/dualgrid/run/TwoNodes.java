package io.dualgrid.run;

import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.Generator;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import java.util.List;

/** A grid at price 1, a line, and a load of 900 kW beside a generator that is dearer. */
final class TwoNodes {
  /** What keeps the grid from supplying all of the load. */
  enum Limit {
    /** The voltage of the load. */
    VOLTAGE,
    /** What may be exchanged over a line. */
    FLOW
  }

  private TwoNodes() {}

  /**
   * At every optimum the line carries 700 kW and no more: 0.7 per unit over 0.1 per unit of
   * resistance, or what may be exchanged.
   *
   * @param limit that holds
   * @param price of the generator, above 1
   */
  static GridCase heldAtSevenHundredKw(Limit limit, double price) {
    return supplied(limit, 900.0, price);
  }

  /** The same with another load. */
  static GridCase supplied(Limit limit, double loadKw, double price) {
    Profile one = new Profile("price.csv", "price", 1.0, new double[] {1.0, 1.0});
    Profile load = new Profile("load.csv", "1", 1.0, new double[] {loadKw, loadKw});
    List<Line> lines = List.of(new Line(0, 1, 10.0, 5.0));
    boolean voltage = limit == Limit.VOLTAGE;
    return new GridCase(
        "two",
        "",
        new NetworkLimits(
            24, 2, 1000, 100, voltage ? 0.93 : 0.9, 1.05, 1.0, voltage ? 1e5 : 700, 0.0),
        List.of(
            new GridCase.Node(
                0, "root", List.of(new GridInterface(5000, 5000, one, one, 0.8, -1e5, 1e5))),
            new GridCase.Node(
                1,
                "load",
                List.of(new PowerLoad(load), new Generator(0.0, 900.0, 0.0, 0.0, price)))),
        lines,
        new FeederTree(List.of(0, 1), lines));
  }
}
