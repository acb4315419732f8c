package io.dualgrid.device;

import java.util.Optional;

/**
 * One device of a node, as it stands in the case file, and all that the program asks of it. Powers
 * in kW or kvar, energies in kWh, prices in currency per kWh. Positive power is supply.
 *
 * <p>An implementation is a record whose components are called like the fields of the case file;
 * what is said of the kind once, whatever the device, is its {@link DeviceKind}.
 */
public interface DeviceSpec {
  /** The kind as the case file spells it. */
  String kind();

  /**
   * Adds variables, rows, costs, supplies and series of results. All of it linear: privacy and the
   * certified lower bound rest on that.
   *
   * @param program of the energy system the device belongs to
   * @param label unique within the energy system, for result tables
   */
  void addTo(DesProgramBuilder program, String label);

  /** Adds its size, from which the accelerated algorithm takes its first penalties. */
  void addCapacity(CapacitySum sum);

  /**
   * Adds the most that it can add to the optimal cost of a feeder. Too little here would take a
   * feeder that has an optimum for one that has none.
   */
  void addCeiling(CeilingSum sum);

  /** Adds the range of what it can supply, the grid interface left out. */
  void addSupply(SupplyRange range);

  /** Checks what the fields alone cannot say: relations between them. */
  default void check(DeviceCheck check) {}

  /** Which values its profiles may have. */
  default ProfileSign profileSign() {
    return ProfileSign.ANY;
  }

  /** What drives its profiles; empty where it has none, or each is a matter of its own. */
  default Optional<ProfileDriver> driver() {
    return Optional.empty();
  }

  /** Adds what it means for the heat of its node. */
  default void addHeat(HeatMeans means) {}

  /** Adds what it draws in the schedule that the lines of made-up feeders are sized by. */
  default void addReference(ReferenceSchedule schedule) {}

  /**
   * What it carries from one step to the next, where its rows tie steps together; empty else, and
   * where it is of no size. Where few sites have such a device, sums that show how steps are tied
   * would be theirs.
   */
  default Optional<Carrier> stored() {
    return Optional.empty();
  }

  /** Its on/off operation. */
  default OnOff onOff() {
    return OnOff.NONE;
  }

  /** Gas in kWh that it burns for each kWh of electric energy; zero where it burns none. */
  default double gasPerPower() {
    return 0.0;
  }

  /** Share of its stored energy that it loses in an hour; zero where nothing is stored. */
  default double lossPerHour() {
    return 0.0;
  }
}
