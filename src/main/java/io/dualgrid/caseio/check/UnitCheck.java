package io.dualgrid.caseio.check;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.device.SupplyRange;
import io.dualgrid.device.grid.GridInterface;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Figures of a whole case that would suit another unit; each may be meant, and is a warning. */
public final class UnitCheck {
  /** In ampere: below it, a feeder feeds less than a lamp at any voltage of its network. */
  private static final double LEAST_CURRENT = 1.0;

  private final String file;
  private final GridCase gridCase;
  private final NetworkLimits limits;
  private final Consumer<CaseProblem> warnings;

  /**
   * For a sound case.
   *
   * @param file for messages
   */
  public UnitCheck(String file, GridCase gridCase, Consumer<CaseProblem> warnings) {
    this.file = file;
    this.gridCase = gridCase;
    this.limits = gridCase.limits();
    this.warnings = warnings;
  }

  /** Tells loads that look like MW, and a network charge above the price of energy. */
  public void run() {
    checkLoads();
    checkCharge();
  }

  /** The peak of all loads by the current that it is at nominal voltage, P / (√3·U). */
  private void checkLoads() {
    double[] sums = new double[limits.profileRows()];
    devices()
        .filter(PowerLoad.class::isInstance)
        .map(PowerLoad.class::cast)
        .forEach(
            load -> {
              for (int row = 0; row < sums.length; row++) {
                sums[row] += Math.abs(load.powerKw().value(row));
              }
            });
    double peakKw = Arrays.stream(sums).max().orElse(0.0);
    double nominalKv = Math.sqrt(limits.baseImpedanceOhm() * limits.basePowerKw() / 1000);
    double ampere = peakKw / (Math.sqrt(3) * nominalKv);
    if (peakKw > 0 && ampere < LEAST_CURRENT) {
      warn(
          "P_load",
          peakKw,
          "kW is the peak of all loads, a current of "
              + NumberText.show(rounded(ampere))
              + " A at "
              + NumberText.show(rounded(nominalKv))
              + " kV; the loads look like MW",
          "multiply the profiles or their factors by 1000; right for a very small feeder");
    }
  }

  private void checkCharge() {
    double price = meanPrice();
    if (limits.networkChargePerKwh() > price && price > 0 && anySells()) {
      warn(
          "networkChargePerKwh",
          limits.networkChargePerKwh(),
          "is above the mean price of buying, "
              + NumberText.show(rounded(price))
              + ", so that a node that sells to its neighbours pays more than the energy is worth",
          "write the charge of your network as networkChargePerKwh of the limits, or correct the"
              + " prices");
    }
  }

  private double meanPrice() {
    return GridInterface.among(gridCase.node(gridCase.tree().root()).devices()).stream()
        .mapToDouble(grid -> grid.buyPricePerKwh().sample(1, Sampling.MEAN)[0])
        .average()
        .orElse(0.0);
  }

  /** Whether a node other than the root can have more than it draws. */
  private boolean anySells() {
    Horizon rows = Horizon.of(limits, limits.profileRows(), Sampling.FIRST);
    for (Node node : gridCase.nodes()) {
      SupplyRange range = SupplyRange.of(node.devices(), rows);
      for (int row = 0; row < rows.steps() && node.id() != gridCase.tree().root(); row++) {
        if (range.mostKw(row) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private Stream<DeviceSpec> devices() {
    return gridCase.nodes().stream().flatMap(node -> node.devices().stream());
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private void warn(String field, double value, String message, String remedy) {
    String place = field.equals("P_load") ? "the feeder" : "limits";
    warnings.accept(new CaseProblem(file, place, field, NumberText.show(value), message, remedy));
  }
}
