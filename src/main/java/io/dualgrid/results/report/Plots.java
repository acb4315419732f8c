package io.dualgrid.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceKinds;
import io.dualgrid.results.ResultInputException;
import io.dualgrid.results.report.Panel.Style;
import io.dualgrid.run.DispatchSeries;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.imageio.ImageIO;

/** Charts of a run as PNG pictures for papers, with the names and colours of the report. */
public final class Plots {
  /** The narrowest picture on which text is legible, in pixels. */
  public static final int LEAST_WIDTH = 600;

  /** The widest picture, in pixels: it takes 100 MB to draw. */
  public static final int MOST_WIDTH = 6000;

  // Text and strokes are for a picture of this width, and grow with it.
  private static final double POINTS = 800.0;
  private static final double TOLERANCE = 1e-5;

  /** Okabe and Ito's palette, as in the report. */
  private static final Color BLUE = new Color(0x0072B2);

  private static final Color ORANGE = new Color(0xE69F00);
  private static final Color GREEN = new Color(0x009E73);
  private static final Color RED = new Color(0xD55E00);
  private static final Color PINK = new Color(0xCC79A7);
  private static final Color GREY = new Color(0x8C959F);
  private static final Color INK = new Color(0x1B1F24);
  private static final Color YELLOW = new Color(0xE8D52A);
  private static final Color SKY = new Color(0x56B4E9);
  private static final Color BROWN = new Color(0x8C5A2B);

  private Plots() {}

  private static Color colour(String kind) {
    return switch (DeviceKinds.find(kind).map(DeviceKind::colour).orElse(ChartColour.GREY)) {
      case YELLOW -> YELLOW;
      case SKY -> SKY;
      case ORANGE -> ORANGE;
      case GREEN -> GREEN;
      case BLUE -> BLUE;
      case PINK -> PINK;
      case RED -> RED;
      case BROWN -> BROWN;
      case GREY -> GREY;
      case INK -> INK;
    };
  }

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
    /** Energy in batteries and in heat stores. */
    STORAGE,
    /** Lowest, mean and highest voltage of all nodes. */
    VOLTAGE,
    /** Prices of active and of reactive power. */
    PRICE
  }

  /**
   * Draws a picture.
   *
   * @param run what to draw
   * @param kind which chart
   * @param node id of the node for dispatch, heat, storage and price, empty for all together
   * @param width in pixels, {@value #LEAST_WIDTH} to {@value #MOST_WIDTH}; text and strokes grow
   *     with it
   * @param height in pixels
   * @return the content of a PNG file
   * @throws ResultInputException when the run does not hold what the chart shows
   * @throws IllegalArgumentException when the width is out of its range
   */
  public static byte[] png(RunFolder run, Kind kind, String node, int width, int height) {
    if (width < LEAST_WIDTH || width > MOST_WIDTH) {
      throw new IllegalArgumentException("width " + width + " pixels");
    }
    List<Panel> panels =
        switch (kind) {
          case CONVERGENCE -> List.of(convergence(run));
          case COST -> List.of(cost(run));
          case DISPATCH -> List.of(balance(run, node, false));
          case HEAT -> List.of(balance(run, node, true));
          case STORAGE -> storage(run, node);
          case VOLTAGE -> List.of(voltage(run));
          case PRICE -> PricePanels.of(run, node);
        };
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, width, height);
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      double scale = Math.max(1.0, width / POINTS);
      g.scale(scale, scale);
      double share = width / scale / panels.size();
      for (int i = 0; i < panels.size(); i++) {
        panels.get(i).paint(g, new Rectangle2D.Double(i * share, 0, share, height / scale));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode the picture", e);
    } finally {
      g.dispose();
    }
  }

  private static Panel convergence(RunFolder run) {
    double[] iterations = column(run, "iteration");
    Panel panel = Panel.byIteration("residual, per unit", true);
    panel.line(
        "mismatch (primal)", iterations, column(run, "primalResidual"), BLUE, Style.SOLID, false);
    panel.line(
        "change (dual)", iterations, column(run, "dualResidual"), ORANGE, Style.DASHED, false);
    level(panel, "tolerance", iterations, TOLERANCE, GREY);
    return panel;
  }

  private static Panel cost(RunFolder run) {
    double[] iterations = column(run, "iteration");
    double[] costs = column(run, "cost");
    double[] bounds = column(run, "lowerBound");
    JsonNode optimum = run.summary().path("optimalCost");
    Panel panel = Panel.byIteration("cost, currency", false);
    panel.line("cost", iterations, costs, BLUE, Style.SOLID, false);
    if (Arrays.stream(bounds).anyMatch(Double::isFinite)) {
      panel.line("lower bound", iterations, bounds, GREEN, Style.DASHED, true);
    }
    // The costs of early iterations are those of copies that do not agree.
    double last = costs[costs.length - 1];
    double low = last - 0.005 * Math.abs(last);
    double high = last + 0.005 * Math.abs(last);
    for (double[] values : List.of(costs, bounds)) {
      for (int i = values.length / 2; i < values.length; i++) {
        low = Double.isFinite(values[i]) ? Math.min(low, values[i]) : low;
        high = Double.isFinite(values[i]) ? Math.max(high, values[i]) : high;
      }
    }
    if (optimum.isNumber()) {
      level(panel, "central optimum", iterations, optimum.doubleValue(), RED);
      low = Math.min(low, optimum.doubleValue());
      high = Math.max(high, optimum.doubleValue());
    }
    panel.range(low, high);
    return panel;
  }

  private static void level(Panel panel, String name, double[] x, double value, Color colour) {
    double[] ends = {x[0], x[x.length - 1]};
    panel.line(name, ends, new double[] {value, value}, colour, Style.DOTTED, false);
  }

  private static Panel balance(RunFolder run, String node, boolean heat) {
    DispatchStack stack = DispatchStack.of(run.dispatch(), node, heat);
    if (stack.supply().isEmpty() && stack.demand().isEmpty() && stack.load() == null) {
      throw nothing(run, heat ? "heat" : "electricity", node);
    }
    Panel panel = Panel.byHour("kW");
    areas(panel, run, stack.supply(), Style.FILLED);
    areas(panel, run, stack.demand(), Style.HATCHED);
    if (stack.load() != null) {
      double[] hours = run.hours(stack.load().length);
      panel.line("load", hours, held(stack.load()), INK, Style.SOLID, true);
    }
    return panel;
  }

  private static ResultInputException nothing(RunFolder run, String what, String node) {
    return new ResultInputException(
        run.folder()
            + ": there is no "
            + what
            + (node.isEmpty() ? "" : " at node " + node)
            + "; choose another "
            + (node.isEmpty() ? "chart with --kind" : "node with --node"),
        null);
  }

  // Each area lies on the one before.
  private static void areas(
      Panel panel, RunFolder run, Map<String, DispatchStack.Part> parts, Style style) {
    double[] below = null;
    for (Map.Entry<String, DispatchStack.Part> entry : parts.entrySet()) {
      double[] values = entry.getValue().values();
      double[] low = below == null ? new double[values.length] : below;
      double[] high = low.clone();
      for (int t = 0; t < high.length; t++) {
        high[t] += values[t];
      }
      Color colour = colour(entry.getValue().kind());
      double[] hours = run.hours(values.length);
      panel.area(entry.getKey(), hours, held(low), held(high), colour, style);
      below = high;
    }
  }

  // Batteries and heat stores have axes of their own: one may hold fifty times what the other does.
  private static List<Panel> storage(RunFolder run, String node) {
    List<Panel> panels = new ArrayList<>();
    levels(run, node, "electricity stored, kWh", kind -> !kind.equals("HS"), panels);
    levels(run, node, "heat stored, kWh", kind -> kind.equals("HS"), panels);
    if (panels.isEmpty()) {
      throw nothing(run, "storage", node);
    }
    return panels;
  }

  private static void levels(
      RunFolder run, String node, String title, Predicate<String> holds, List<Panel> panels) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (DispatchSeries series : run.dispatch()) {
      String kind = DispatchStack.kind(series);
      if (series.quantity().equals("E")
          && holds.test(kind)
          && (node.isEmpty() || series.node().equals(node))) {
        // What is stored before the first step is what is stored after the last.
        double[] values = series.values();
        double[] sum = sums.computeIfAbsent(kind, ignored -> new double[values.length + 1]);
        sum[0] += values[values.length - 1];
        for (int t = 0; t < values.length; t++) {
          sum[t + 1] += values[t];
        }
      }
    }
    if (!sums.isEmpty()) {
      Panel panel = Panel.byHour(title);
      panel.range(0.0, sums.values().stream().flatMapToDouble(Arrays::stream).max().orElseThrow());
      sums.forEach(
          (kind, values) ->
              panel.line(
                  DispatchStack.word(kind),
                  run.hours(values.length - 1),
                  values,
                  colour(kind),
                  Style.SOLID,
                  false));
      panels.add(panel);
    }
  }

  private static Panel voltage(RunFolder run) {
    List<double[]> voltages =
        run.dispatch().stream()
            .filter(series -> series.device().equals("bus") && series.quantity().equals("V"))
            .map(DispatchSeries::values)
            .toList();
    if (voltages.isEmpty()) {
      throw new ResultInputException(run.folder() + ": dispatch.csv holds no voltages", null);
    }
    Spread spread = Spread.of(voltages);
    Panel panel = Panel.byHour("voltage, p.u.");
    double[] hours = run.hours(spread.mean().length);
    panel.area(
        "lowest to highest node", hours, held(spread.low()), held(spread.high()), BLUE, Style.PALE);
    panel.line("mean", hours, held(spread.mean()), BLUE, Style.SOLID, true);
    double least = run.network().path("voltageMinPu").asDouble();
    double most = run.network().path("voltageMaxPu").asDouble();
    level(panel, "limits", hours, least, RED);
    level(panel, "limits", hours, most, RED);
    panel.limits(least, most);
    return panel;
  }

  /** A value holds to the end of its step; the last one needs a point more. */
  static double[] held(double[] values) {
    double[] held = Arrays.copyOf(values, values.length + 1);
    held[values.length] = values[values.length - 1];
    return held;
  }

  private static double[] column(RunFolder run, String name) {
    double[] values = run.iterations().get(name);
    if (values == null || values.length == 0) {
      throw new ResultInputException(
          run.folder() + ": there are no iterations with " + name + "; a central solve has none",
          null);
    }
    return values;
  }
}
