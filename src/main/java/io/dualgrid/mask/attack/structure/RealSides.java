package io.dualgrid.mask.attack.structure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which sides of rows limit anything: a side that the limits of other rows in a small dependency
 * keep out of reach was put there to look like one. A row with no other sides is padding.
 */
final class RealSides {
  /** Part of a row's width by which a side has to be out of reach; a hardened mask leaves 3 %. */
  private static final double OUT_OF_REACH = 0.01;

  private final SeenProgram program;
  private final boolean[] lower;
  private final boolean[] upper;

  private RealSides(SeenProgram program) {
    this.program = program;
    lower = new boolean[program.count()];
    upper = new boolean[program.count()];
    for (int i = 0; i < lower.length; i++) {
      lower[i] = program.lower(i) > Double.NEGATIVE_INFINITY;
      upper[i] = program.upper(i) < Double.POSITIVE_INFINITY;
    }
  }

  /** Tells them apart by small dependencies. */
  static RealSides of(SeenProgram program, List<RowDependency> dependencies) {
    RealSides sides = new RealSides(program);
    for (RowDependency dependency : dependencies) {
      for (int row : dependency.rows()) {
        if (!program.isFlat(row)) {
          double margin = OUT_OF_REACH * Math.min(program.width(row), 1.0);
          sides.lower[row] &= dependency.least(row, program) <= program.lower(row) + margin;
          sides.upper[row] &= dependency.greatest(row, program) >= program.upper(row) - margin;
        }
      }
    }
    return sides;
  }

  SeenProgram program() {
    return program;
  }

  boolean isReal(int row, boolean upperSide) {
    return upperSide ? upper[row] : lower[row];
  }

  boolean areBothReal(int row) {
    return lower[row] && upper[row];
  }

  /** Rows with a side that limits anything. */
  int[] kept() {
    return IntStream.range(0, lower.length).filter(i -> lower[i] || upper[i]).toArray();
  }
}
