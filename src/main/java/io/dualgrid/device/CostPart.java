package io.dualgrid.device;

import java.util.Locale;

/** What the cost of a dispatch is made of; gains are negative costs. */
public enum CostPart {
  /** Energy bought from the grid above. */
  GRID_PURCHASE("energy bought from the grid above", "buyPricePerKwh"),
  /** Energy sold to the grid above: a gain. */
  GRID_SALE("energy sold to the grid above, a gain", "sellPricePerKwh"),
  /** Fuel. */
  FUEL("fuel", "gasPricePerKwh"),
  /** What the energy of a generator costs. */
  GENERATION("energy of generators", "costPerKwh"),
  /** What loads are worth that are served: a gain. */
  SERVED_LOAD("loads served that need not be, a gain", "valuePerKwh"),
  /** Starts of devices that are switched on and off. */
  START("starts of devices", "startCost"),
  /** The charge on what a site feeds into the network. */
  NETWORK_CHARGE("network charge", "networkChargePerKwh"),
  /** What devices of other makers cost. */
  OTHER("what else devices cost", "");

  private final String meaning;
  private final String price;

  CostPart(String meaning, String price) {
    this.meaning = meaning;
    this.price = price;
  }

  /** Its name in tables: in lower case with underscores. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field of case.json that is its price; empty for {@link #OTHER}. */
  public String price() {
    return price;
  }

  /** What it is, for people. */
  public String meaning() {
    return meaning;
  }
}
