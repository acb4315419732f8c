package io.dualgrid.results.report;

import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.report.Panel.Style;
import io.dualgrid.run.DispatchSeries;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/** Prices of active and of reactive power by the hour, side by side. */
final class PricePanels {
  private static final Color BLUE = new Color(0x0072B2);
  private static final Color GREEN = new Color(0x009E73);
  private static final Color PINK = new Color(0xCC79A7);
  private static final Color RED = new Color(0xD55E00);
  private static final Color INK = new Color(0x1B1F24);

  private PricePanels() {}

  /**
   * Of one node its price and the parts of it, of all together how far their prices lie apart.
   *
   * @param node id of the node, or empty for all
   * @throws ResultInputException when the run has no prices, or none of this node
   */
  static List<Panel> of(RunFolder run, String node) {
    return List.of(
        panel(run, node, "P", "active power, currency/kWh"),
        panel(run, node, "Q", "reactive power, currency/kvarh"));
  }

  private static Panel panel(RunFolder run, String node, String quantity, String title) {
    Panel panel = Panel.byHour(title);
    if (node.isEmpty()) {
      all(panel, run, quantity);
    } else {
      line(panel, run, node, quantity + "_energy", "energy, as everywhere", BLUE, Style.SOLID);
      line(panel, run, node, quantity + "_voltage", "voltage limits", GREEN, Style.DASHED);
      line(panel, run, node, quantity + "_flow", "flow limits", PINK, Style.DOTTED);
      line(panel, run, node, quantity, "price", INK, Style.SOLID);
    }
    return panel;
  }

  private static void all(Panel panel, RunFolder run, String quantity) {
    Spread spread = Spread.of(series(run, "", quantity));
    double[] hours = run.hours(spread.mean().length);
    panel.area(
        "lowest to highest node",
        hours,
        Plots.held(spread.low()),
        Plots.held(spread.high()),
        BLUE,
        Style.PALE);
    panel.line("mean", hours, Plots.held(spread.mean()), BLUE, Style.SOLID, true);
    if (quantity.equals("P")) {
      rootPrice(panel, run, "buyPricePerKwh", "root buys at", Style.DASHED);
      rootPrice(panel, run, "sellPricePerKwh", "root sells at", Style.DOTTED);
    }
  }

  private static void rootPrice(
      Panel panel, RunFolder run, String field, String name, Style style) {
    double[] prices = new double[run.network().path(field).size()];
    for (int t = 0; t < prices.length; t++) {
      prices[t] = run.network().path(field).get(t).asDouble();
    }
    if (prices.length > 0) {
      panel.line(name, run.hours(prices.length), Plots.held(prices), RED, style, true);
    }
  }

  private static void line(
      Panel panel,
      RunFolder run,
      String node,
      String quantity,
      String name,
      Color colour,
      Style style) {
    double[] values = series(run, node, quantity).get(0);
    panel.line(name, run.hours(values.length), Plots.held(values), colour, style, true);
  }

  private static List<double[]> series(RunFolder run, String node, String quantity) {
    List<double[]> found = new ArrayList<>();
    for (DispatchSeries one : run.prices()) {
      if (one.quantity().equals(quantity) && (node.isEmpty() || one.node().equals(node))) {
        found.add(one.values());
      }
    }
    if (found.isEmpty()) {
      throw new ResultInputException(
          run.prices().isEmpty()
              ? run.folder()
                  + ": prices.csv holds no prices; they are there after --algorithm newton"
              : run.folder() + ": there are no prices at node " + node + "; choose another --node",
          null);
    }
    return found;
  }
}
