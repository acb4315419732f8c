package io.dualgrid.device;

/** What one device adds to the program of its energy system. */
public interface DeviceModel {
  /**
   * Adds variables, rows, costs and supplies.
   *
   * @param program of the energy system the device belongs to
   * @param label unique within the energy system, for result tables
   */
  void addTo(DesProgramBuilder program, String label);
}
