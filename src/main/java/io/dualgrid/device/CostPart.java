package io.dualgrid.device;

import java.util.Locale;

/** What the cost of a dispatch is made of; gains are negative costs. */
public enum CostPart {
  /** Energy bought from the grid above. */
  GRID_PURCHASE("energy bought from the grid above"),
  /** Energy sold to the grid above: a gain. */
  GRID_SALE("energy sold to the grid above, a gain"),
  /** Fuel. */
  FUEL("fuel"),
  /** What the energy of a generator costs. */
  GENERATION("energy of generators"),
  /** What loads are worth that are served: a gain. */
  SERVED_LOAD("loads served that need not be, a gain"),
  /** Starts of devices that are switched on and off. */
  START("starts of devices"),
  /** The charge on what a site feeds into the network. */
  NETWORK_CHARGE("network charge"),
  /** What devices of other makers cost. */
  OTHER("what else devices cost");

  private final String meaning;

  CostPart(String meaning) {
    this.meaning = meaning;
  }

  /** Its name in tables: in lower case with underscores. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, for people. */
  public String meaning() {
    return meaning;
  }
}
