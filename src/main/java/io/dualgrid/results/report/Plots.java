package io.dualgrid.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.parties.DispatchSeries;
import io.dualgrid.results.ResultException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of a run as PNG pictures for papers, drawn with XChart. */
public final class Plots {
  private static final double TOLERANCE = 1e-5;
  private static final Color BLUE = new Color(0x0072B2);
  private static final Color ORANGE = new Color(0xE69F00);
  private static final Color GREEN = new Color(0x009E73);
  private static final Color RED = new Color(0xD55E00);
  private static final Color GREY = new Color(0x8C959F);
  private static final Color INK = new Color(0x1B1F24);

  /** Okabe and Ito's palette, as in the report, by the first word of a name. */
  private static final Map<String, Color> COLOURS =
      Map.ofEntries(
          Map.entry("PV", new Color(0xE8D52A)),
          Map.entry("WP", new Color(0x56B4E9)),
          Map.entry("CHP", ORANGE),
          Map.entry("BT", GREEN),
          Map.entry("HS", BLUE),
          Map.entry("EHP", new Color(0xCC79A7)),
          Map.entry("AHP", new Color(0xCC79A7)),
          Map.entry("EH", RED));

  private Plots() {}

  /** What can be drawn. */
  public enum Kind {
    /** Residuals by iteration. */
    CONVERGENCE,
    /** Cost, lower bound and optimum by iteration. */
    COST,
    /** Balance of electricity. */
    DISPATCH,
    /** Balance of heat. */
    HEAT,
    /** Lowest, mean and highest voltage of all nodes. */
    VOLTAGE
  }

  /**
   * Draws a picture.
   *
   * @param run what to draw
   * @param kind which chart
   * @param node id of the node for dispatch and heat, empty for all together
   * @param width in pixels; text grows with it
   * @param height in pixels
   * @return the content of a PNG file
   * @throws ResultException when the run does not hold what the chart shows
   */
  public static byte[] png(RunFolder run, Kind kind, String node, int width, int height) {
    XYChart chart = new XYChartBuilder().width(width).height(height).build();
    style(chart, width);
    switch (kind) {
      case CONVERGENCE -> convergence(chart, run);
      case COST -> cost(chart, run);
      case DISPATCH -> balance(chart, run, node, false);
      case HEAT -> balance(chart, run, node, true);
      case VOLTAGE -> voltage(chart, run);
      default -> throw new IllegalArgumentException("no chart of kind " + kind);
    }
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode the picture", e);
    }
  }

  private static void style(XYChart chart, int width) {
    // A width of 800 pixels suits text of 12 points.
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(8, Math.round(width * 12f / 800f)));
    chart
        .getStyler()
        .setChartTitleVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(font)
        .setLegendSeriesLineLength(width / 32);
    chart
        .getStyler()
        .setAxisTickLabelsFont(font)
        .setAxisTitleFont(font)
        .setPlotGridLinesColor(new Color(0xD5D9DE))
        .setPlotContentSize(0.98);
    chart.getStyler().setXAxisTickMarkSpacingHint(width / 10);
    chart.getStyler().setYAxisTickMarkSpacingHint(width / 16);
    chart.getStyler().setChartPadding(width / 80);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
  }

  private static void convergence(XYChart chart, RunFolder run) {
    double[] iterations = column(run, "iteration");
    chart.setXAxisTitle("iteration");
    chart.setYAxisTitle("residual, per unit");
    chart.getStyler().setYAxisLogarithmic(true);
    line(chart, "mismatch (primal)", iterations, column(run, "primalResidual"), BLUE);
    dashed(line(chart, "change (dual)", iterations, column(run, "dualResidual"), ORANGE), 8f);
    double[] ends = {iterations[0], iterations[iterations.length - 1]};
    dashed(line(chart, "tolerance", ends, new double[] {TOLERANCE, TOLERANCE}, GREY), 3f);
  }

  private static void cost(XYChart chart, RunFolder run) {
    double[] iterations = column(run, "iteration");
    double[] costs = column(run, "cost");
    chart.setXAxisTitle("iteration");
    chart.setYAxisTitle("cost, currency");
    line(chart, "cost", iterations, costs, BLUE);
    double[] bounds = column(run, "lowerBound");
    if (Double.isFinite(bounds[bounds.length - 1])) {
      dashed(line(chart, "lower bound", iterations, bounds, GREEN), 8f);
    }
    JsonNode optimum = run.summary().path("optimalCost");
    double[] ends = {iterations[0], iterations[iterations.length - 1]};
    if (optimum.isNumber()) {
      double value = optimum.doubleValue();
      dashed(line(chart, "central optimum", ends, new double[] {value, value}, RED), 3f);
    }
    // The costs of early iterations are those of copies that do not agree.
    double[] tail = Arrays.copyOfRange(costs, costs.length / 2, costs.length);
    double last = costs[costs.length - 1];
    double least = 0.01 * Math.abs(last);
    chart.getStyler().setYAxisMin(Math.min(Arrays.stream(tail).min().orElse(last), last - least));
    chart.getStyler().setYAxisMax(Math.max(Arrays.stream(tail).max().orElse(last), last + least));
  }

  private static void balance(XYChart chart, RunFolder run, String node, boolean heat) {
    DispatchStack stack = DispatchStack.of(run.dispatch(), node, heat);
    if (stack.supply().isEmpty() && stack.demand().isEmpty() && stack.load() == null) {
      throw new ResultException(
          run.folder()
              + ": there is no "
              + (heat ? "heat" : "electricity")
              + (node.isEmpty() ? "" : " at node " + node)
              + "; choose another node with --node",
          null);
    }
    chart.setXAxisTitle("hour of the horizon");
    chart.setYAxisTitle("kW");
    double stepHours = run.network().path("stepHours").asDouble(1.0);
    areas(chart, stack.supply(), stepHours, 255);
    areas(chart, stack.demand(), stepHours, 110);
    if (stack.load() != null) {
      XYSeries load = chart.addSeries("load", hours(stack.load(), stepHours), held(stack.load()));
      load.setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
      finish(load, INK);
    }
  }

  // Each area reaches from zero to its running sum; the outermost is drawn first, the others over
  // it.
  private static void areas(
      XYChart chart, Map<String, double[]> parts, double stepHours, int opacity) {
    List<String> names = new ArrayList<>(parts.keySet());
    List<double[]> sums = new ArrayList<>();
    for (String name : names) {
      double[] sum = parts.get(name).clone();
      if (!sums.isEmpty()) {
        double[] below = sums.get(sums.size() - 1);
        for (int t = 0; t < sum.length; t++) {
          sum[t] += below[t];
        }
      }
      sums.add(sum);
    }
    for (int k = names.size() - 1; k >= 0; k--) {
      String name = names.get(k);
      Color colour = COLOURS.getOrDefault(name.split(" ")[0], GREY);
      // What takes is paler than what supplies, opaque all the same for the areas lie on top of
      // each other.
      Color shown = mixed(colour, opacity / 255.0);
      String label = chart.getSeriesMap().containsKey(name) ? name + " taken" : name;
      XYSeries series = chart.addSeries(label, hours(sums.get(k), stepHours), held(sums.get(k)));
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
      series.setFillColor(shown);
      finish(series, shown);
    }
  }

  private static Color mixed(Color colour, double share) {
    return new Color(
        (int) Math.round(255 + share * (colour.getRed() - 255)),
        (int) Math.round(255 + share * (colour.getGreen() - 255)),
        (int) Math.round(255 + share * (colour.getBlue() - 255)));
  }

  private static void voltage(XYChart chart, RunFolder run) {
    List<double[]> voltages =
        run.dispatch().stream()
            .filter(series -> series.device().equals("bus") && series.quantity().equals("V"))
            .map(DispatchSeries::values)
            .toList();
    if (voltages.isEmpty()) {
      throw new ResultException(run.folder() + ": dispatch.csv holds no voltages", null);
    }
    int steps = voltages.get(0).length;
    double[] low = new double[steps];
    double[] mean = new double[steps];
    double[] high = new double[steps];
    for (int t = 0; t < steps; t++) {
      int step = t;
      double[] now = voltages.stream().mapToDouble(values -> values[step]).toArray();
      low[t] = Arrays.stream(now).min().orElseThrow();
      mean[t] = Arrays.stream(now).average().orElseThrow();
      high[t] = Arrays.stream(now).max().orElseThrow();
    }
    chart.setXAxisTitle("hour of the horizon");
    chart.setYAxisTitle("voltage, p.u.");
    double stepHours = run.network().path("stepHours").asDouble(1.0);
    step(chart, "highest node", high, stepHours, ORANGE);
    step(chart, "mean", mean, stepHours, INK);
    step(chart, "lowest node", low, stepHours, BLUE);
    double[] ends = {0.0, steps * stepHours};
    for (String limit : List.of("voltageMinPu", "voltageMaxPu")) {
      double value = run.network().path(limit).asDouble();
      String name = limit.equals("voltageMinPu") ? "lower limit" : "upper limit";
      dashed(line(chart, name, ends, new double[] {value, value}, RED), 3f);
    }
  }

  private static void step(
      XYChart chart, String name, double[] values, double stepHours, Color colour) {
    XYSeries series = chart.addSeries(name, hours(values, stepHours), held(values));
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Step);
    finish(series, colour);
  }

  private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color colour) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    finish(series, colour);
    return series;
  }

  private static void finish(XYSeries series, Color colour) {
    series.setLineColor(colour);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
  }

  private static void dashed(XYSeries series, float length) {
    series.setLineStyle(
        new BasicStroke(
            2.5f,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            10f,
            new float[] {length, length},
            0f));
  }

  // A value holds from the beginning of its step to the end; the last one needs a point more.
  private static double[] hours(double[] values, double stepHours) {
    double[] hours = new double[values.length + 1];
    for (int t = 0; t < hours.length; t++) {
      hours[t] = t * stepHours;
    }
    return hours;
  }

  private static double[] held(double[] values) {
    double[] held = Arrays.copyOf(values, values.length + 1);
    held[values.length] = values[values.length - 1];
    return held;
  }

  private static double[] column(RunFolder run, String name) {
    double[] values = run.iterations().get(name);
    if (values == null || values.length == 0) {
      throw new ResultException(
          run.folder() + ": there are no iterations with " + name + "; a central solve has none",
          null);
    }
    return values;
  }
}
