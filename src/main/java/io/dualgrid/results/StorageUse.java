package io.dualgrid.results;

import io.dualgrid.device.Carrier;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Store;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a store is used over the horizon.
 *
 * @param node id of its node
 * @param device its label
 * @param sizeKwh the most that it can hold
 * @param putInKwh energy put in, at its connection
 * @param takenOutKwh energy taken out, at its connection
 * @param lowestKwh the least that it holds at the start or at the end of a step
 * @param highestKwh the most
 */
record StorageUse(
    String node,
    String device,
    double sizeKwh,
    double putInKwh,
    double takenOutKwh,
    double lowestKwh,
    double highestKwh) {

  /** Full cycles that move as much energy: (in + out) / (2 · size); zero for one of no size. */
  double cycles() {
    return sizeKwh > 0 ? (putInKwh + takenOutKwh) / (2 * sizeKwh) : 0.0;
  }

  /**
   * Of all stores of a case.
   *
   * @param dispatch with their powers and what they hold
   */
  static List<StorageUse> of(GridCase gridCase, List<DispatchSeries> dispatch, double stepHours) {
    Map<List<String>, List<DispatchSeries>> byDevice = new HashMap<>();
    for (DispatchSeries series : dispatch) {
      byDevice
          .computeIfAbsent(List.of(series.node(), series.device()), ignored -> new ArrayList<>())
          .add(series);
    }
    List<StorageUse> uses = new ArrayList<>();
    for (GridCase.Node node : gridCase.nodes()) {
      List<String> labels = node.labels();
      for (int k = 0; k < labels.size(); k++) {
        DeviceSpec device = node.devices().get(k);
        List<DispatchSeries> series =
            byDevice.get(List.of(Integer.toString(node.id()), labels.get(k)));
        if (device instanceof Store store && series != null) {
          uses.add(of(store, series, stepHours));
        }
      }
    }
    return uses;
  }

  private static StorageUse of(Store store, List<DispatchSeries> own, double stepHours) {
    double in = 0.0;
    double out = 0.0;
    double lowest = store.energyStartKwh();
    double highest = store.energyStartKwh();
    for (DispatchSeries series : own) {
      Supply supply = Supply.of(series).orElse(null);
      if (supply != null && supply.carrier() != Carrier.REACTIVE) {
        double energy = stepHours * Arrays.stream(series.values()).sum();
        in += supply.sign() < 0 ? energy : 0.0;
        out += supply.sign() > 0 ? energy : 0.0;
      } else if (series.quantity().equals("E")) {
        lowest = Math.min(lowest, Arrays.stream(series.values()).min().orElse(lowest));
        highest = Math.max(highest, Arrays.stream(series.values()).max().orElse(highest));
      }
    }
    DispatchSeries any = own.get(0);
    return new StorageUse(any.node(), any.device(), store.energyMaxKwh(), in, out, lowest, highest);
  }
}
