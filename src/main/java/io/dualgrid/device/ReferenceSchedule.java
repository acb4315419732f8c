package io.dualgrid.device;

import java.util.Arrays;

/**
 * What the devices of a node draw when loads are served, the heat pump comes before the heater, and
 * stores only make up for their losses: the schedule that the lines of made-up feeders are sized
 * by.
 */
public final class ReferenceSchedule {
  private final double[] drawnKw;
  private final double[] drawnKvar;
  private final double[] heatKw;
  private double pumpKw;
  private double cop = 1;
  private double efficiency = 1;

  /** Of nothing yet, for profiles of so many rows. */
  public ReferenceSchedule(int rows) {
    drawnKw = new double[rows];
    drawnKvar = new double[rows];
    heatKw = new double[rows];
  }

  /** A load of active power. */
  public void draw(Profile powerKw) {
    add(drawnKw, powerKw);
  }

  /** A constant load of active power. */
  public void draw(double powerKw) {
    Arrays.setAll(drawnKw, row -> drawnKw[row] + powerKw);
  }

  /** A load of reactive power. */
  public void drawReactive(Profile powerKvar) {
    add(drawnKvar, powerKvar);
  }

  /** A demand for heat. */
  public void heat(Profile demandKw) {
    add(heatKw, demandKw);
  }

  /** A constant demand for heat. */
  public void heat(double demandKw) {
    Arrays.setAll(heatKw, row -> heatKw[row] + demandKw);
  }

  /** The heat pump of the node. */
  public void pump(double powerMaxKw, double coefficientOfPerformance) {
    pumpKw = powerMaxKw;
    cop = coefficientOfPerformance;
  }

  /** The electric heater of the node. */
  public void heater(double heatPerPower) {
    efficiency = heatPerPower;
  }

  /** What is drawn in kW by row. */
  public double[] drawnKw() {
    double[] drawn = drawnKw.clone();
    for (int row = 0; row < drawn.length; row++) {
      double fromPump = Math.min(heatKw[row], cop * pumpKw);
      drawn[row] += fromPump / cop + (heatKw[row] - fromPump) / efficiency;
    }
    return drawn;
  }

  /** What is drawn in kvar by row. */
  public double[] drawnKvar() {
    return drawnKvar.clone();
  }

  private static void add(double[] sum, Profile profile) {
    Arrays.setAll(sum, row -> sum[row] + profile.value(row));
  }
}
