package io.dualgrid.mask.attack.structure;

/** What the attack reads, all of it free of any unit. */
public enum Quantity {
  /** Power of the CHP over its limit. */
  CHP_LOADING("power of the CHP / its limit"),
  /** Energy of a storage over its capacity. */
  STORAGE_LEVEL("energy in a storage / its capacity"),
  /** Power of another device over its limit. */
  DEVICE_LOADING("power of PV, wind, battery, pump / its limit"),
  /** Limit of photovoltaics or wind over that of the CHP. */
  RENEWABLE_LIMIT("limit of PV, wind / limit of the CHP"),
  /** Load over the limit of the CHP. */
  LOAD("load / limit of the CHP"),
  /** Cost of the CHP over the network charge. */
  CHP_COST("cost of the CHP / network charge");

  private final String description;

  Quantity(String description) {
    this.description = description;
  }

  /** For tables. */
  public String description() {
    return description;
  }
}
