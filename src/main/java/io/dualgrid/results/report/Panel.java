package io.dualgrid.results.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pair of axes with its legend, drawn in points: 800 of them are the width of a picture. */
final class Panel {
  /** Below this a mismatch is rounding; it would stretch a logarithmic axis without end. */
  static final double LOG_FLOOR = 1e-12;

  private static final Color INK = new Color(0x1B1F24);
  private static final Color FAINT = new Color(0x57606A);
  private static final Color RULE = new Color(0xD5D9DE);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final double PADDING = 10;
  private static final double LEGEND_ROW = 18;
  private static final double SWATCH = 24;
  private static final double GAP = 6;

  /** How a line or an area is drawn. */
  enum Style {
    SOLID,
    DASHED,
    DOTTED,
    FILLED,
    HATCHED,
    PALE
  }

  private record Drawn(
      String name,
      double[] x,
      double[] low,
      double[] high,
      Color colour,
      Style style,
      boolean held) {
    boolean area() {
      return style == Style.FILLED || style == Style.HATCHED || style == Style.PALE;
    }

    boolean single() {
      int points = 0;
      for (double value : high) {
        points += Double.isFinite(value) ? 1 : 0;
      }
      return !area() && points == 1;
    }
  }

  private final String xTitle;
  private final String yTitle;
  private final boolean hours;
  private final boolean logarithmic;
  private final List<Drawn> drawn = new ArrayList<>();
  private double yMin = Double.NaN;
  private double yMax = Double.NaN;
  private double lowerLimit = Double.NEGATIVE_INFINITY;
  private double upperLimit = Double.POSITIVE_INFINITY;

  /** Axes by the iteration. */
  static Panel byIteration(String yTitle, boolean logarithmic) {
    return new Panel("iteration", yTitle, false, logarithmic);
  }

  /** Axes by the hour. */
  static Panel byHour(String yTitle) {
    return new Panel("hour of the horizon", yTitle, true, false);
  }

  private Panel(String xTitle, String yTitle, boolean hours, boolean logarithmic) {
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.hours = hours;
    this.logarithmic = logarithmic;
  }

  /** Shows this part of the y axis at least on top of what the series take. */
  void range(double min, double max) {
    yMin = min;
    yMax = max;
  }

  /** Shades what is outside of limits. */
  void limits(double lower, double upper) {
    lowerLimit = lower;
    upperLimit = upper;
  }

  /**
   * A line; where it is not a number there is none.
   *
   * @param held whether a value holds until the next
   */
  void line(String name, double[] x, double[] y, Color colour, Style style, boolean held) {
    drawn.add(new Drawn(name, x, y, y, colour, style, held));
  }

  /** An area between two edges whose values hold until the next. */
  void area(String name, double[] x, double[] low, double[] high, Color colour, Style style) {
    drawn.add(new Drawn(name, x, low, high, colour, style, true));
  }

  /** Draws everything into a rectangle. */
  void paint(Graphics2D g, Rectangle2D bounds) {
    g.setFont(FONT);
    FontMetrics metrics = g.getFontMetrics();
    double[] yRange = yRange();
    List<Double> yTicks =
        logarithmic ? decades(yRange) : ticks(yRange, bounds.getHeight() / 45, false);
    List<String> yLabels = labels(yTicks, logarithmic);
    double labelWidth = 0;
    for (String label : yLabels) {
      labelWidth = Math.max(labelWidth, metrics.stringWidth(label));
    }
    List<List<Drawn>> legend = legendRows(metrics, bounds.getWidth() - 2 * PADDING);
    boolean floored = floored();
    double below = 46 + LEGEND_ROW * legend.size() + (floored ? LEGEND_ROW : 0);
    double left = bounds.getX() + PADDING + 22 + labelWidth + GAP;
    double top = bounds.getY() + PADDING;
    Rectangle2D plot =
        new Rectangle2D.Double(
            left,
            top,
            bounds.getMaxX() - PADDING - 8 - left,
            Math.max(40, bounds.getMaxY() - PADDING - below - top));
    double[] xRange = xRange();
    Scale scale = new Scale(plot, xRange, yRange, logarithmic);

    shadeLimits(g, scale);
    grid(g, scale, metrics, yTicks, yLabels, ticks(xRange, plot.getWidth() / 55, hours));
    Shape clip = g.getClip();
    g.clip(new Rectangle2D.Double(plot.getX(), top - 2, plot.getWidth() + 4, plot.getHeight() + 4));
    drawn.forEach(series -> paint(g, scale, series));
    g.setClip(clip);

    g.setColor(INK);
    centred(g, metrics, xTitle, plot.getCenterX(), plot.getMaxY() + 36);
    AffineTransform upright = g.getTransform();
    g.rotate(-Math.PI / 2, bounds.getX() + PADDING + 11, plot.getCenterY());
    centred(g, metrics, yTitle, bounds.getX() + PADDING + 11, plot.getCenterY());
    g.setTransform(upright);
    double y = plot.getMaxY() + 46 + LEGEND_ROW / 2;
    for (List<Drawn> row : legend) {
      paintLegend(g, metrics, row, bounds.getCenterX(), y);
      y += LEGEND_ROW;
    }
    if (floored) {
      g.setColor(FAINT);
      centred(
          g,
          metrics,
          "values below 10⁻¹² are rounding and drawn there",
          bounds.getCenterX(),
          y + 4);
    }
  }

  private record Scale(Rectangle2D plot, double[] x, double[] y, boolean logarithmic) {
    double x(double value) {
      return plot.getX() + (value - x[0]) / (x[1] - x[0]) * plot.getWidth();
    }

    double y(double value) {
      double share =
          logarithmic
              ? Math.log(Math.max(value, LOG_FLOOR) / y[0]) / Math.log(y[1] / y[0])
              : (value - y[0]) / (y[1] - y[0]);
      return plot.getMaxY() - share * plot.getHeight();
    }
  }

  private boolean floored() {
    if (logarithmic) {
      for (Drawn series : drawn) {
        for (double value : series.high()) {
          if (value < LOG_FLOOR) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private double[] xRange() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Drawn series : drawn) {
      min = Math.min(min, series.x()[0]);
      max = Math.max(max, series.x()[series.x().length - 1]);
    }
    return max > min ? new double[] {min, max} : new double[] {min - 1, max + 1};
  }

  private double[] yRange() {
    double min = Double.isNaN(yMin) ? Double.POSITIVE_INFINITY : yMin;
    double max = Double.isNaN(yMax) ? Double.NEGATIVE_INFINITY : yMax;
    if (Double.isNaN(yMin)) {
      for (Drawn series : drawn) {
        for (int i = 0; i < series.high().length; i++) {
          if (Double.isFinite(series.high()[i])) {
            min = Math.min(min, Math.min(series.low()[i], series.high()[i]));
            max = Math.max(max, Math.max(series.low()[i], series.high()[i]));
          }
        }
      }
    }
    if (logarithmic) {
      double low = Math.max(min, LOG_FLOOR);
      return new double[] {
        Math.pow(10, Math.floor(Math.log10(low) + 1e-9)),
        Math.pow(10, Math.floor(Math.log10(Math.max(max, low)) + 1e-9) + 1)
      };
    }
    double room = max > min ? 0.05 * (max - min) : Math.max(1e-3, 0.01 * Math.abs(max));
    // an axis begins or ends at a zero, but needs some length
    boolean flat = min == max;
    return new double[] {min == 0 && !flat ? 0 : min - room, max == 0 && !flat ? 0 : max + room};
  }

  // Ticks at round numbers: 1, 2, 5 times a power of ten, or what divides a day.
  private static List<Double> ticks(double[] range, double most, boolean hours) {
    double least = (range[1] - range[0]) / Math.max(2, most);
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double step = 10 * power;
    for (double factor : new double[] {5, 2, 1}) {
      step = factor * power >= least - 1e-12 ? factor * power : step;
    }
    if (hours && least > 0.5 && least <= 24) {
      for (double divisor : new double[] {24, 12, 6, 4, 3, 2, 1}) {
        step = divisor >= least - 1e-9 ? divisor : step;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(range[0] / step - 1e-9);
        k * step <= range[1] + 1e-9 * step;
        k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  private static List<Double> decades(double[] range) {
    int first = (int) Math.round(Math.log10(range[0]));
    int last = (int) Math.round(Math.log10(range[1]));
    int stride = Math.max(1, (last - first + 7) / 8);
    List<Double> ticks = new ArrayList<>();
    for (int exponent = last; exponent >= first; exponent -= stride) {
      ticks.add(Math.pow(10, exponent));
    }
    return ticks;
  }

  // As many decimals as the step has, the same for all.
  private static List<String> labels(List<Double> ticks, boolean logarithmic) {
    List<String> labels = new ArrayList<>();
    double step = ticks.size() > 1 ? Math.abs(ticks.get(1) - ticks.get(0)) : 1;
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    for (double tick : ticks) {
      String text =
          logarithmic
              ? "10" + superscript((int) Math.round(Math.log10(tick)))
              : String.format(java.util.Locale.ROOT, "%." + decimals + "f", tick + 0.0);
      labels.add(text.replace('-', '−'));
    }
    return labels;
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder();
    for (char c : Integer.toString(exponent).toCharArray()) {
      text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return text.toString();
  }

  private void shadeLimits(Graphics2D g, Scale scale) {
    g.setColor(new Color(0xFBE6DA));
    Rectangle2D plot = scale.plot();
    if (upperLimit < scale.y()[1]) {
      double y = scale.y(upperLimit);
      g.fill(new Rectangle2D.Double(plot.getX(), plot.getY(), plot.getWidth(), y - plot.getY()));
    }
    if (lowerLimit > scale.y()[0]) {
      double y = scale.y(lowerLimit);
      g.fill(new Rectangle2D.Double(plot.getX(), y, plot.getWidth(), plot.getMaxY() - y));
    }
  }

  private static void grid(
      Graphics2D g,
      Scale scale,
      FontMetrics metrics,
      List<Double> yTicks,
      List<String> yLabels,
      List<Double> xTicks) {
    Rectangle2D plot = scale.plot();
    g.setStroke(new BasicStroke(1f));
    for (int i = 0; i < yTicks.size(); i++) {
      double y = scale.y(yTicks.get(i));
      g.setColor(RULE);
      g.draw(new Line2D.Double(plot.getX(), y, plot.getMaxX(), y));
      g.setColor(FAINT);
      String label = yLabels.get(i);
      float middle = (float) (y + 0.36 * metrics.getAscent());
      g.drawString(label, (float) (plot.getX() - GAP - metrics.stringWidth(label)), middle);
    }
    List<String> xLabels = labels(xTicks, false);
    for (int i = 0; i < xTicks.size(); i++) {
      double x = scale.x(xTicks.get(i));
      g.setColor(RULE);
      g.draw(new Line2D.Double(x, plot.getY(), x, plot.getMaxY()));
      g.setColor(FAINT);
      centred(g, metrics, xLabels.get(i), x, plot.getMaxY() + 16);
    }
  }

  private static void paint(Graphics2D g, Scale scale, Drawn series) {
    g.setColor(series.colour());
    if (series.area()) {
      fill(g, outline(scale, series), series.colour(), series.style());
      return;
    }
    g.setStroke(stroke(series.style()));
    Path2D path = new Path2D.Double();
    boolean open = false;
    double last = Double.NaN;
    for (int i = 0; i < series.x().length; i++) {
      double value = series.high()[i];
      double x = scale.x(series.x()[i]);
      if (!Double.isFinite(value)) {
        open = false;
        continue;
      }
      double y = scale.y(value);
      if (!open) {
        path.moveTo(x, y);
      } else {
        if (series.held()) {
          path.lineTo(x, last);
        }
        path.lineTo(x, y);
      }
      open = true;
      last = y;
      if (series.single()) {
        g.fill(new Ellipse2D.Double(x - 4.5, y - 4.5, 9, 9));
      }
    }
    g.draw(path);
  }

  // Along the upper edge and back along the lower one, each value held until the next.
  private static Path2D outline(Scale scale, Drawn series) {
    Path2D path = new Path2D.Double();
    int points = series.x().length;
    path.moveTo(scale.x(series.x()[0]), scale.y(series.high()[0]));
    for (int i = 1; i < points; i++) {
      double x = scale.x(series.x()[i]);
      path.lineTo(x, scale.y(series.high()[i - 1]));
      path.lineTo(x, scale.y(series.high()[i]));
    }
    for (int i = points - 1; i > 0; i--) {
      double x = scale.x(series.x()[i]);
      path.lineTo(x, scale.y(series.low()[i]));
      path.lineTo(x, scale.y(series.low()[i - 1]));
    }
    path.lineTo(scale.x(series.x()[0]), scale.y(series.low()[0]));
    path.closePath();
    return path;
  }

  // Without antialiasing, which would leave seams between areas and slivers of those of no height.
  private static void fill(Graphics2D g, Shape shape, Color colour, Style style) {
    Object smooth = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    if (style == Style.PALE) {
      g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 64));
    } else {
      g.setColor(style == Style.HATCHED ? Color.WHITE : colour);
    }
    g.fill(shape);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smooth);
    if (style == Style.HATCHED) {
      Shape clip = g.getClip();
      g.clip(shape);
      g.setColor(colour);
      g.setStroke(new BasicStroke(2.2f));
      Rectangle2D box = shape.getBounds2D();
      // From the origin of the picture, so that neighbouring shapes match.
      double first = 6 * Math.floor((box.getX() + box.getY()) / 6);
      for (double c = first; c < box.getMaxX() + box.getMaxY(); c += 6) {
        g.draw(new Line2D.Double(c - box.getMaxY(), box.getMaxY(), c - box.getY(), box.getY()));
      }
      g.setClip(clip);
    }
  }

  private static BasicStroke stroke(Style style) {
    float[] dash =
        switch (style) {
          case DASHED -> new float[] {7f, 4f};
          case DOTTED -> new float[] {2f, 3f};
          default -> null;
        };
    return new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
  }

  // One entry a name, in rows that are as wide as there is room.
  private List<List<Drawn>> legendRows(FontMetrics metrics, double room) {
    Map<String, Drawn> entries = new LinkedHashMap<>();
    drawn.forEach(series -> entries.putIfAbsent(series.name(), series));
    List<List<Drawn>> rows = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Drawn entry : entries.values()) {
      double width = entryWidth(metrics, entry);
      if (used + width > room) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.get(rows.size() - 1).add(entry);
      used += width;
    }
    return rows;
  }

  private static double entryWidth(FontMetrics metrics, Drawn entry) {
    return SWATCH + GAP + metrics.stringWidth(entry.name()) + 3 * GAP;
  }

  private static void paintLegend(
      Graphics2D g, FontMetrics metrics, List<Drawn> row, double centre, double y) {
    double width = -3 * GAP;
    for (Drawn entry : row) {
      width += entryWidth(metrics, entry);
    }
    double x = centre - width / 2;
    for (Drawn entry : row) {
      Rectangle2D box = new Rectangle2D.Double(x, y - 5, SWATCH, 10);
      if (entry.area()) {
        fill(g, box, entry.colour(), entry.style());
        g.setColor(entry.colour());
        g.setStroke(new BasicStroke(1f));
        if (entry.style() == Style.HATCHED) {
          g.draw(box);
        }
      } else if (entry.single()) {
        g.setColor(entry.colour());
        g.fill(new Ellipse2D.Double(x + SWATCH / 2 - 4.5, y - 4.5, 9, 9));
      } else {
        g.setColor(entry.colour());
        g.setStroke(stroke(entry.style()));
        g.draw(new Line2D.Double(x, y, x + SWATCH, y));
      }
      g.setColor(INK);
      float baseline = (float) (y + 0.36 * metrics.getAscent());
      g.drawString(entry.name(), (float) (x + SWATCH + GAP), baseline);
      x += entryWidth(metrics, entry);
    }
  }

  private static void centred(Graphics2D g, FontMetrics metrics, String text, double x, double y) {
    g.drawString(text, (float) (x - metrics.stringWidth(text) / 2.0), (float) y);
  }
}
