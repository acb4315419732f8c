package io.dualgrid.study;

import io.dualgrid.device.DeviceCodec;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.Store;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is planned at once: a day and the hours that are looked ahead, which are known as well as
 * the day itself. Stores go from what they hold to where they end in the case, so that the end of a
 * window is no reason to empty them. On the last days there is less to look ahead to.
 */
final class DayWindow {
  private final Study study;
  private final Scenario scenario;
  private final Map<ProfileDriver, double[]> factors;
  private final int day;
  private final int rows;

  private DayWindow(Study study, Scenario scenario, Map<ProfileDriver, double[]> factors, int day) {
    this.study = study;
    this.scenario = scenario;
    this.factors = factors;
    this.day = day;
    rows = steps(study, day) * study.gridCase().limits().profileRows() / study.steps();
  }

  /** The steps of the window that begins with a day. */
  static int steps(Study study, int day) {
    long after = (long) (study.days() - 1 - day) * study.steps();
    return study.steps() + (int) Math.min(study.lookAheadSteps(), after);
  }

  /**
   * The case of a window.
   *
   * @param factors of all days by kind
   * @param day that it begins with, from 0
   * @param levels of stores at its begin, kWh; where one is missing it is that of the case
   */
  static DayCase of(
      Study study,
      Scenario scenario,
      Map<ProfileDriver, double[]> factors,
      int day,
      Map<DevicePlace, Double> levels) {
    return new DayWindow(study, scenario, factors, day).build(levels);
  }

  /**
   * A case with the labels of its stores.
   *
   * @param gridCase the window
   * @param stores place of each store by node and label
   */
  record DayCase(GridCase gridCase, Map<DevicePlace, String> stores) {}

  private DayCase build(Map<DevicePlace, Double> levels) {
    GridCase base = study.gridCase();
    NetworkLimits limits = base.limits();
    double hours = limits.horizonHours() * rows / limits.profileRows();
    List<Node> nodes = new ArrayList<>();
    Map<DevicePlace, String> stores = new HashMap<>();
    for (Node node : base.nodes()) {
      List<DevicePlace> places = new ArrayList<>();
      List<DeviceSpec> devices = new ArrayList<>();
      for (int k = 0; k < node.devices().size(); k++) {
        DevicePlace place = new DevicePlace(node.id(), k);
        if (!isOut(place)) {
          places.add(place);
          devices.add(device(node.devices().get(k), levels.get(place)));
        }
      }
      Node changed = new Node(node.id(), node.name(), devices);
      List<String> labels = changed.labels();
      for (int k = 0; k < places.size(); k++) {
        if (devices.get(k) instanceof Store) {
          stores.put(places.get(k), labels.get(k));
        }
      }
      nodes.add(changed);
    }
    return new DayCase(base.with(limits.over(hours, rows), nodes), stores);
  }

  private boolean isOut(DevicePlace place) {
    return scenario.outages().stream()
        .anyMatch(outage -> outage.place().equals(place) && outage.covers(day));
  }

  private DeviceSpec device(DeviceSpec device, Double level) {
    if (device instanceof Store store && level != null) {
      double end = store.energyEndKwh();
      return store.between(level, Double.isNaN(end) ? store.energyStartKwh() : end);
    }
    double[] factor = device.driver().map(factors::get).orElse(null);
    return DeviceCodec.withProfiles(device, profile -> profile(profile, factor));
  }

  private Profile profile(Profile profile, double[] factor) {
    int rowsOfDay = profile.rawValues().length;
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      int of = day + row / rowsOfDay;
      double value = scenario.profiles().value(profile, of, row % rowsOfDay);
      values[row] = factor == null ? value : value * factor[of];
    }
    return new Profile(profile.file(), profile.column(), profile.factor(), values);
  }
}
