package io.dualgrid.devices;

/** What a device supplies or takes: each has one balance per energy system and step. */
enum Carrier {
  ACTIVE,
  REACTIVE,
  HEAT
}
