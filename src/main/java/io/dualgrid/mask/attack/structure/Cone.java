package io.dualgrid.mask.attack.structure;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A device with reactive power, |Q| ≤ P·tan φ: the row of its power between two others, and zero
 * power where the three meet.
 *
 * @param power row of P
 * @param zeroAtUpper whether its upper side is zero power
 * @param facets the two other rows
 */
record Cone(int power, boolean zeroAtUpper, int[] facets) {

  /** All cones among small dependencies. */
  static List<Cone> all(List<RowDependency> dependencies, RealSides sides) {
    return dependencies.stream()
        .flatMap(dependency -> Corner.of(dependency, sides).stream())
        .map(Cone::of)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The cone of a corner, null where it is none. */
  private static Cone of(Corner corner) {
    int inner = corner.inner();
    if (inner < 0) {
      return null;
    }
    int[] rows = corner.dependency().rows();
    return new Cone(
        rows[inner],
        corner.upper()[inner],
        new int[] {rows[(inner + 1) % 3], rows[(inner + 2) % 3]});
  }

  /** Numbers of its three rows. */
  IntStream rows() {
    return IntStream.of(power, facets[0], facets[1]);
  }

  boolean hasFacet(int row) {
    return facets[0] == row || facets[1] == row;
  }

  /** 1 where the row grows with the power, −1 where it falls. */
  double sense() {
    return zeroAtUpper ? -1.0 : 1.0;
  }

  /** Power in units of the row. */
  double powerIn(SeenProgram program) {
    return sense() * (program.value(power) - program.side(power, zeroAtUpper));
  }
}
