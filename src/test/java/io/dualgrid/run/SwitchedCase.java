package io.dualgrid.run;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.OnOff;
import io.dualgrid.device.Profile;
import io.dualgrid.device.generation.CombinedHeatPower;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.heat.ElectricHeater;
import io.dualgrid.device.heat.HeatPump;
import io.dualgrid.device.load.HeatLoad;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.feeder.FeederTree;
import io.dualgrid.feeder.Line;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;

/** Three nodes, six steps of four hours, and two devices that are switched on and off. */
final class SwitchedCase {
  static final int STEPS = 6;
  static final OnOff UNIT = new OnOff(60, 8, 8, 20);
  static final OnOff PUMP = new OnOff(15, 4, 8, 5);

  private SwitchedCase() {}

  static GridCase of(OnOff unit, OnOff pump) {
    List<DeviceSpec> root = List.of(new GridInterface(1000, 1000, buyPrice(), sellPrice(), 0.8));
    List<DeviceSpec> works =
        List.of(
            new PowerLoad(profile(40, 70, 120, 90, 110, 60)),
            new HeatLoad(profile(60, 90, 70, 50, 110, 80)),
            new CombinedHeatPower(100, 1.2, 0.25, 0.8, unit),
            new ElectricHeater(150, 0.95));
    List<DeviceSpec> housing =
        List.of(
            new PowerLoad(profile(20, 30, 30, 25, 50, 30)),
            new HeatLoad(profile(70, 100, 30, 20, 90, 75)),
            new HeatPump("AHP", 40, 3.0, 0.8, pump),
            new ElectricHeater(120, 0.95),
            new HeatStore(30, 80, 40, 0.01));
    return feeder(List.of(root, works, housing), STEPS);
  }

  static GridCase feeder(List<List<DeviceSpec>> devices, int rows) {
    List<Node> nodes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      nodes.add(new Node(i, "node " + i, devices.get(i)));
      if (i > 0) {
        lines.add(new Line(i - 1, i, 0.1, 0.1));
      }
    }
    NetworkLimits limits =
        new NetworkLimits(24.0, rows, 1000.0, 100.0, 0.95, 1.05, 1.0, 1e5, 0.244343);
    FeederTree tree = new FeederTree(nodes.stream().map(Node::id).toList(), lines);
    return new GridCase("switched", "hand-made", limits, nodes, lines, tree);
  }

  static Profile profile(double... values) {
    return new Profile("p.csv", "1", 1.0, values);
  }

  private static Profile buyPrice() {
    return profile(0.45, 0.6, 0.95, 0.5, 1.1, 0.7);
  }

  private static Profile sellPrice() {
    return profile(0.2, 0.2, 0.3, 0.2, 0.3, 0.2);
  }
}
