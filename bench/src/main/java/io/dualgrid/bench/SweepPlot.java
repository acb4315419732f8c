package io.dualgrid.bench;

import io.dualgrid.bench.Sweep.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Seconds per iteration and peak memory over the number of nodes, both axes logarithmic. */
final class SweepPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 460;

  private SweepPlot() {}

  static void write(List<Row> rows, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<XYChart> charts =
        List.of(
            chart(rows, "Seconds per iteration", "s", Row::secondsPerIteration),
            chart(rows, "Peak memory", "MB", Row::peakMemoryMb));
    BitmapEncoder.saveBitmap(
        new ArrayList<>(charts), 1, 2, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static XYChart chart(
      List<Row> rows, String title, String unit, ToDoubleFunction<Row> value) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("nodes")
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
    for (String privacy : rows.stream().map(Row::privacy).distinct().toList()) {
      List<Row> ofMode = rows.stream().filter(row -> row.privacy().equals(privacy)).toList();
      double[] nodes = ofMode.stream().mapToDouble(Row::nodes).toArray();
      double[] values = ofMode.stream().mapToDouble(value).toArray();
      String name = String.format(Locale.ROOT, "%s: slope %.2f", privacy, slope(nodes, values));
      chart.addSeries(name, nodes, values);
    }
    return chart;
  }

  /** Of the least-squares line through the logarithms. */
  static double slope(double[] x, double[] y) {
    double meanX = 0.0;
    double meanY = 0.0;
    for (int i = 0; i < x.length; i++) {
      meanX += Math.log(x[i]) / x.length;
      meanY += Math.log(y[i]) / x.length;
    }
    double covariance = 0.0;
    double variance = 0.0;
    for (int i = 0; i < x.length; i++) {
      double fromMean = Math.log(x[i]) - meanX;
      covariance += fromMean * (Math.log(y[i]) - meanY);
      variance += fromMean * fromMean;
    }
    return covariance / variance;
  }
}
