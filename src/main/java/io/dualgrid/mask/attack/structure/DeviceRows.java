package io.dualgrid.mask.attack.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which rows belong to which kind of device, from their dependencies alone.
 *
 * <ul>
 *   <li>A device with reactive power shows a cone: P ≥ 0 between Q ≤ P·tan φ and Q ≥ −P·tan φ.
 *   <li>The CHP shows a second one, P ≥ 0 between H ≥ 0 and H ≤ α·P. Where H ≥ 0 is out of reach,
 *       since the heater alone cannot serve the load, its power still depends on two rows without
 *       reactive power, H ≤ α·P with one side and the heater with two.
 *   <li>A storage shows a chain, see {@link StorageChain}.
 * </ul>
 */
final class DeviceRows {
  private final RealSides sides;
  private final SeenProgram program;
  private final List<RowDependency> dependencies;
  private final Map<Integer, List<Cone>> cones = new TreeMap<>();
  private final Set<Integer> chps = new TreeSet<>();
  private final Set<Integer> chainRows = new HashSet<>();
  private final List<StorageChain> chains;
  private final boolean[] powers;

  DeviceRows(RealSides sides, List<RowDependency> dependencies) {
    this.sides = sides;
    this.program = sides.program();
    this.dependencies = dependencies;
    chains = StorageChain.find(dependencies, sides);
    chains.forEach(chain -> chainRows.addAll(chain.rows()));
    for (Cone cone : Cone.all(dependencies, sides)) {
      cones.computeIfAbsent(cone.power(), row -> new ArrayList<>()).add(cone);
    }
    for (int power : cones.keySet()) {
      if (!chainRows.contains(power) && (cones.get(power).size() == 2 || hasHeat(power))) {
        chps.add(power);
      }
    }
    powers = findPowers();
  }

  /** Whether a power depends on a row with one side and one with two, neither of a cone. */
  private boolean hasHeat(int power) {
    for (RowDependency dependency : dependencies) {
      if (dependency.size() == 3 && dependency.contains(power)) {
        int oneSided = 0;
        int twoSided = 0;
        for (int row : dependency.rows()) {
          if (row != power && !cones.containsKey(row) && !isFacet(row)) {
            boolean two = limits(row);
            twoSided += two ? 1 : 0;
            oneSided += two || isShared(row, dependency) ? 0 : 1;
          }
        }
        if (oneSided == 1 && twoSided == 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a row is part of another dependency of three rows. */
  private boolean isShared(int row, RowDependency own) {
    return dependencies.stream()
        .anyMatch(other -> other != own && other.size() == 3 && other.contains(row));
  }

  private boolean isFacet(int row) {
    return cones.values().stream().flatMap(List::stream).anyMatch(cone -> cone.hasFacet(row));
  }

  /** Whether a row limits a quantity from both sides. */
  private boolean limits(int row) {
    return sides.areBothReal(row) || program.isFlat(row);
  }

  /**
   * The rows that are active power: those inside cones; heaters, which are what is left of a
   * dependency with the heat of a CHP. Facets are not, but where heat and heater are one row, which
   * then has both sides.
   */
  private boolean[] findPowers() {
    Map<Integer, Boolean> heatFacets = new HashMap<>(); // and whether both sides limit
    Set<Integer> otherFacets = new HashSet<>();
    for (List<Cone> ofPower : cones.values()) {
      for (Cone cone : ofPower) {
        for (int facet : cone.facets()) {
          if (ofPower.size() > 1) {
            heatFacets.put(facet, limits(facet));
          } else {
            otherFacets.add(facet);
          }
        }
      }
    }
    boolean[] found = new boolean[program.count()];
    for (int row = 0; row < found.length; row++) {
      if (chainRows.contains(row)) {
        found[row] = cones.containsKey(row);
      } else if (otherFacets.contains(row)) {
        found[row] = false;
      } else if (heatFacets.containsKey(row)) {
        found[row] = heatFacets.get(row);
      } else {
        found[row] =
            cones.containsKey(row)
                || dependsOn(row, heatFacets.keySet())
                || limits(row) && dependsOn(row, chps);
      }
    }
    return found;
  }

  /** Whether a row and one of the others are two of the three of a dependency. */
  private boolean dependsOn(int row, Set<Integer> others) {
    return dependencies.stream()
        .anyMatch(
            dependency ->
                dependency.size() == 3
                    && dependency.contains(row)
                    && Arrays.stream(dependency.rows()).anyMatch(others::contains));
  }

  RealSides sides() {
    return sides;
  }

  SeenProgram program() {
    return program;
  }

  List<StorageChain> chains() {
    return chains;
  }

  /** Rows inside cones, ascending. */
  Set<Integer> conePowers() {
    return cones.keySet();
  }

  /** The cone of a row, null where it has none. */
  Cone cone(int power) {
    List<Cone> ofPower = cones.get(power);
    return ofPower == null ? null : ofPower.get(0);
  }

  /** Rows of the power of a CHP. */
  Set<Integer> chps() {
    return chps;
  }

  /** The one CHP in a dependency, −1 where there is none or more. */
  int onlyChp(List<Integer> rows) {
    List<Integer> found = rows.stream().filter(chps::contains).toList();
    return found.size() == 1 ? found.get(0) : -1;
  }

  /** Whether a row can be an active power. */
  boolean isPower(int row) {
    return powers[row];
  }

  /**
   * How late a row may become one of those that express others: powers first, the energies of
   * storages last.
   */
  int[] tiers() {
    int[] tiers = new int[program.count()];
    for (int row = 0; row < tiers.length; row++) {
      tiers[row] = powers[row] ? 0 : chainRows.contains(row) ? 2 : 1;
    }
    return tiers;
  }
}
