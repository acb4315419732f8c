package io.dualgrid.study;

import java.util.Comparator;

/**
 * Where a device stands in a case.
 *
 * @param node id of its node
 * @param device its place in the list of the node, from 0
 */
record DevicePlace(int node, int device) {
  /** By node, then by device: sums that have one order are the same to the last bit. */
  static final Comparator<DevicePlace> ORDER =
      Comparator.comparingInt(DevicePlace::node).thenComparingInt(DevicePlace::device);
}
