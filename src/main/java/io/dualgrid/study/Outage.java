package io.dualgrid.study;

/**
 * A device that is out of order for some days.
 *
 * @param place of the device
 * @param firstDay from 0
 * @param lastDay from 0
 */
record Outage(DevicePlace place, int firstDay, int lastDay) {
  boolean covers(int day) {
    return firstDay <= day && day <= lastDay;
  }
}
