package io.dualgrid.run;

import io.dualgrid.edge.EdgeView;
import io.dualgrid.edge.NodePrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The prices at a node as series: what they are, and the parts they are the sum of. */
final class PriceTable {
  private static final String[] NAMES = {"P", "Q"};
  private static final String[] UNITS = {"currency/kWh", "currency/kvarh"};

  private PriceTable() {}

  /** The series of one energy system; none where its algorithm has no prices. */
  static List<DispatchSeries> ofNode(EdgeView view) {
    List<DispatchSeries> series = new ArrayList<>();
    NodePrices prices = view.prices();
    int steps = prices.own().length / 2;
    for (int quantity = 0; steps > 0 && quantity < NAMES.length; quantity++) {
      int from = quantity * steps;
      double[] total = Arrays.copyOfRange(prices.own(), from, from + steps);
      double[] energy = Arrays.copyOfRange(prices.energy(), from, from + steps);
      double[] voltage = Arrays.copyOfRange(prices.voltage(), from, from + steps);
      double[] flow = new double[steps];
      for (int t = 0; t < steps; t++) {
        flow[t] = total[t] - energy[t] - voltage[t];
      }
      String name = NAMES[quantity];
      String unit = UNITS[quantity];
      String node = Integer.toString(view.program().nodeId());
      series.add(new DispatchSeries(node, "bus", name, unit, total));
      series.add(new DispatchSeries(node, "bus", name + "_energy", unit, energy));
      series.add(new DispatchSeries(node, "bus", name + "_voltage", unit, voltage));
      series.add(new DispatchSeries(node, "bus", name + "_flow", unit, flow));
    }
    return series;
  }
}
