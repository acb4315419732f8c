package io.dualgrid.run;

import io.dualgrid.edge.EdgeView;
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
    double[] own = view.prices();
    int steps = own.length / 2;
    for (int quantity = 0; steps > 0 && quantity < NAMES.length; quantity++) {
      double[] total = Arrays.copyOfRange(own, quantity * steps, (quantity + 1) * steps);
      double[] energy =
          Arrays.copyOfRange(view.energyPrices(), quantity * steps, (quantity + 1) * steps);
      double[] limits = new double[steps];
      for (int t = 0; t < steps; t++) {
        limits[t] = total[t] - energy[t];
      }
      String name = NAMES[quantity];
      String unit = UNITS[quantity];
      String node = Integer.toString(view.program().nodeId());
      series.add(new DispatchSeries(node, "bus", name, unit, total));
      series.add(new DispatchSeries(node, "bus", name + "_energy", unit, energy));
      series.add(new DispatchSeries(node, "bus", name + "_limits", unit, limits));
    }
    return series;
  }
}
