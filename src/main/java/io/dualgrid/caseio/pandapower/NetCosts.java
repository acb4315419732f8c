package io.dualgrid.caseio.pandapower;

import io.dualgrid.caseio.ImportMessages;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Linear costs of a net (poly_cost), per kWh. */
final class NetCosts {
  private static final Set<String> PRICED = Set.of("ext_grid", "sgen", "gen");

  private final Map<String, Double> perKwh = new HashMap<>();

  NetCosts(PandapowerNet net, ImportMessages messages) {
    for (NetTable.Row row : net.table("poly_cost").rows()) {
      for (String beyond :
          new String[] {"cp2_eur_per_mw2", "cq1_eur_per_mvar", "cq2_eur_per_mvar2"}) {
        if (row.number(beyond, 0.0) != 0.0) {
          messages.unsupported(
              row.place(), beyond, row.text(beyond), "cost beyond linear in active power");
        }
      }
      double price = row.number("cp1_eur_per_mw", 0.0) / 1000;
      if (PRICED.contains(row.text("et"))) {
        perKwh.put(row.text("et") + " " + row.reference("element"), price);
      } else if (price != 0.0) {
        messages.unsupported(row.place(), "et", row.text("et"), "a cost of such an element");
      }
    }
  }

  /** The cost of an element, or another one where it has none. */
  double perKwh(NetTable.Row element, double other) {
    return perKwh.getOrDefault(element.place(), other);
  }

  /** Whether an element has a cost. */
  boolean has(NetTable.Row element) {
    return perKwh.containsKey(element.place());
  }
}
