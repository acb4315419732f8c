package io.dualgrid.device;

/** What a device supplies or takes: each has one balance per energy system and step. */
public enum Carrier {
  ACTIVE,
  REACTIVE,
  HEAT
}
