package io.dualgrid.device;

/** What drives the profiles of a device, so that studies can turn one up or down everywhere. */
public enum ProfileDriver {
  /** Consumption of active and reactive power. */
  LOAD,
  /** Demand for heat. */
  HEAT,
  /** Sun. */
  SUN,
  /** Wind. */
  WIND,
  /** Prices of the grid above. */
  PRICES
}
