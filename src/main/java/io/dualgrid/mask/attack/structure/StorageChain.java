package io.dualgrid.mask.attack.structure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A storage, seen as a chain of dependencies E(t) = kept·E(t−1) + gain·charge(t) −
 * discharge(t)/yield, each of which shares one row, an energy, with the next. All its rows meet
 * where it is empty. With the limit of charging as unit, the row of an energy weighs less in the
 * step after than in its own by what is kept of it, which tells before from after.
 *
 * @param levels energy over capacity, in the order of the steps
 * @param rows all rows of the chain that are known: energies, charges, discharges
 */
record StorageChain(List<Double> levels, Set<Integer> rows) {
  /** Links that a chain needs, so that it is none by chance. */
  private static final int LEAST_LINKS = 4;

  /** Loss of a step that tells before from after, and differences of losses that rounding makes. */
  private static final double LEAST_LOSS = 1e-6;

  /** All chains among small dependencies. */
  static List<StorageChain> find(List<RowDependency> dependencies, RealSides sides) {
    List<Corner> links = new ArrayList<>();
    for (RowDependency dependency : dependencies) {
      if (dependency.size() == 4) {
        Corner.of(dependency, sides).stream().findFirst().ifPresent(links::add);
      }
    }
    List<StorageChain> chains = new ArrayList<>();
    Set<Corner> used = new HashSet<>();
    for (Corner link : links) {
      if (!used.contains(link) && neighbours(link, links).size() == 1) {
        List<Corner> path = path(link, links, used);
        if (path.size() >= LEAST_LINKS) {
          read(path, sides, chains);
        }
      }
    }
    return chains;
  }

  private static List<Corner> path(Corner start, List<Corner> links, Set<Corner> used) {
    List<Corner> path = new ArrayList<>();
    for (Corner next = start; next != null; ) {
      used.add(next);
      path.add(next);
      next =
          neighbours(next, links).stream()
              .filter(link -> !used.contains(link))
              .findFirst()
              .orElse(null);
    }
    return path;
  }

  private static List<Corner> neighbours(Corner link, List<Corner> links) {
    return links.stream().filter(other -> other != link && shared(link, other) >= 0).toList();
  }

  /** The one row that two links share, −1 where they share none or more. */
  private static int shared(Corner first, Corner second) {
    int found = -1;
    for (int row : first.dependency().rows()) {
      if (second.dependency().contains(row)) {
        if (found >= 0) {
          return -1;
        }
        found = row;
      }
    }
    return found;
  }

  /** Adds the chain of a path, unless losses do not say which way it runs. */
  private static void read(List<Corner> path, RealSides sides, List<StorageChain> chains) {
    List<Corner> ordered = new ArrayList<>(path);
    for (int way = 0; way < 2; way++) {
      List<Integer> energies = new ArrayList<>();
      for (int link = 1; link < ordered.size(); link++) {
        energies.add(shared(ordered.get(link - 1), ordered.get(link)));
      }
      List<Double> weights = losing(ordered, energies, sides);
      if (weights != null) {
        Set<Integer> rows = new HashSet<>();
        ordered.forEach(link -> link.dependency().rowList().forEach(rows::add));
        chains.add(new StorageChain(levels(ordered, energies, weights, sides), Set.copyOf(rows)));
        return;
      }
      Collections.reverse(ordered);
    }
  }

  /**
   * What each energy weighs in its own step, with the limit of charging as unit; null unless all
   * weigh less in the step after, by the same part.
   */
  private static List<Double> losing(List<Corner> path, List<Integer> energies, RealSides sides) {
    List<Double> own = new ArrayList<>();
    double kept = Double.NaN;
    for (int e = 0; e + 1 < energies.size(); e++) {
      // link e + 1 leads from energy e to energy e + 1
      Corner link = path.get(e + 1);
      double unit = chargingUnit(link, energies.get(e), energies.get(e + 1), sides);
      double before = Math.abs(link.inwardOf(energies.get(e))) / unit;
      if (e > 0) {
        double ratio = before / own.get(e - 1);
        boolean same = Double.isNaN(kept) || Math.abs(ratio - kept) <= LEAST_LOSS * kept;
        if (!(ratio < 1 - LEAST_LOSS) || !same) {
          return null;
        }
        kept = ratio;
      }
      own.add(Math.abs(link.inwardOf(energies.get(e + 1))) / unit);
    }
    own.add(
        0,
        Math.abs(path.get(1).inwardOf(energies.get(0)))
            / chargingUnit(path.get(1), energies.get(0), energies.get(1), sides)
            / kept);
    return own;
  }

  /**
   * Limit of charging in a link: of its two powers, that which comes with the sign of the energy
   * before. NaN where it shows no limit.
   */
  private static double chargingUnit(Corner link, int before, int after, RealSides sides) {
    for (int row : link.dependency().rows()) {
      if (row != before
          && row != after
          && sides.areBothReal(row)
          && link.inwardOf(row) * link.inwardOf(before) > 0) {
        return Math.abs(link.inwardOf(row)) * sides.program().width(row);
      }
    }
    return Double.NaN;
  }

  /** Energies over the capacity, which those show whose other side can be reached. */
  private static List<Double> levels(
      List<Corner> path, List<Integer> energies, List<Double> weights, RealSides sides) {
    SeenProgram program = sides.program();
    List<Double> shown = new ArrayList<>();
    for (int e = 0; e < energies.size(); e++) {
      if (sides.areBothReal(energies.get(e))) {
        shown.add(weights.get(e) * program.width(energies.get(e)));
      }
    }
    double capacity = Agreement.of(shown);
    List<Double> levels = new ArrayList<>();
    for (int e = 0; e < energies.size() && !Double.isNaN(capacity); e++) {
      int row = energies.get(e);
      double empty = program.side(row, path.get(e).isUpper(row));
      levels.add(weights.get(e) * Math.abs(program.value(row) - empty) / capacity);
    }
    return List.copyOf(levels);
  }
}
