package io.dualgrid.results;

import io.dualgrid.device.Carrier;
import io.dualgrid.run.DispatchSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a device supplies and draws of a carrier over the horizon.
 *
 * @param node id of its node
 * @param device its label
 * @param carrier {@link #POWER} or {@link #HEAT}
 * @param role what kind of supply it is
 * @param suppliedKwh energy, not negative
 * @param drawnKwh energy, not negative
 */
public record EnergyUse(
    String node, String device, String carrier, Role role, double suppliedKwh, double drawnKwh) {
  /** Active power. */
  public static final String POWER = "power";

  /** Heat. */
  public static final String HEAT = "heat";

  /** How the energy of a device counts. */
  public enum Role {
    /** Made, or used up. */
    DEVICE,
    /** Put into a store, or taken out. */
    STORE,
    /** Bought from the grid above, or sold to it. */
    GRID
  }

  /**
   * Of all devices of a dispatch, in its order.
   *
   * @param dispatch series of devices, nodes and lines
   * @param stepHours length of a step
   */
  public static List<EnergyUse> of(List<DispatchSeries> dispatch, double stepHours) {
    Map<List<Object>, double[]> found = new LinkedHashMap<>();
    for (DispatchSeries series : dispatch) {
      Supply flow = Supply.of(series).orElse(null);
      if (flow == null || flow.carrier() == Carrier.REACTIVE) {
        continue;
      }
      double[] energy =
          found.computeIfAbsent(
              List.of(series.node(), series.device(), name(flow.carrier()), flow.role()),
              ignored -> new double[2]);
      for (double value : series.values()) {
        double supplied = flow.sign() * value;
        energy[supplied >= 0 ? 0 : 1] += Math.abs(supplied) * stepHours;
      }
    }
    List<EnergyUse> uses = new ArrayList<>();
    found.forEach(
        (key, energy) ->
            uses.add(
                new EnergyUse(
                    (String) key.get(0),
                    (String) key.get(1),
                    (String) key.get(2),
                    (Role) key.get(3),
                    energy[0],
                    energy[1])));
    return uses;
  }

  private static String name(Carrier carrier) {
    return carrier == Carrier.HEAT ? HEAT : POWER;
  }
}
