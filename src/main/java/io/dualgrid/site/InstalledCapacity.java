package io.dualgrid.site;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Horizon;
import io.dualgrid.site.GridCase.Node;

/** How large an energy system is: a private figure, of which only sums are shared. */
public final class InstalledCapacity {
  private InstalledCapacity() {}

  /** Peak loads plus installed generation and storage power of a node, per unit. */
  public static double of(Node node, Horizon horizon) {
    CapacitySum sum = new CapacitySum(horizon);
    node.devices().forEach(device -> device.addCapacity(sum));
    return sum.total();
  }
}
