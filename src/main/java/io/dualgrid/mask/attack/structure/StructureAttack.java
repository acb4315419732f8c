package io.dualgrid.mask.attack.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a cloud reads from one masked program and its own answer to it, if it knows which kinds of
 * devices there are and their equations, and no parameter, forecast or limit of any.
 *
 * <p>A mask is an invertible affine map of the variables and a scaling of the rows. It leaves as
 * they are: which rows depend on which ({@link RowDependencies}), where the sides of such rows meet
 * ({@link Corner}), where a point lies between the two sides of a row, and which directions carry
 * the quadratic term ({@link BoundarySpace}). From these follow the rows of devices ({@link
 * DeviceRows}), their powers over their limits, the limits of one step against each other ({@link
 * LimitReader}), loads and costs ({@link SaleReader}). No lifetime of a mask, no padding and no
 * other affine map changes that.
 */
public final class StructureAttack {
  /** Rows of the largest dependency that a few devices have in a step. */
  static final int LONGEST = 8;

  private StructureAttack() {}

  /**
   * Attacks. O(m·k²) for m rows of dimension k; half a second for k = 200.
   *
   * @param solved as the cloud has it
   * @return what the attacker claims to have read, in no order of steps
   */
  public static List<Reading> read(SolvedProblem solved) {
    BoundarySpace boundary = BoundarySpace.of(solved.problem());
    SeenProgram program = withoutPadding(SeenProgram.of(solved.problem(), solved.answer().y()));
    program = withoutPadding(program.keeping(ofDevices(boundary, program)));
    List<RowDependency> dependencies = all(program);
    DeviceRows devices = new DeviceRows(RealSides.of(program, dependencies), dependencies);
    List<Reading> readings = new ArrayList<>();
    for (StorageChain chain : devices.chains()) {
      chain.levels().forEach(level -> readings.add(new Reading(Quantity.STORAGE_LEVEL, level)));
    }
    for (int power : devices.conePowers()) {
      if (devices.sides().areBothReal(power)) {
        readings.add(
            new Reading(
                devices.chps().contains(power) ? Quantity.CHP_LOADING : Quantity.DEVICE_LOADING,
                devices.cone(power).powerIn(program) / program.width(power)));
      }
    }
    readings.addAll(LimitReader.read(devices, boundary));
    readings.addAll(
        SaleReader.read(
            devices,
            RowDependencies.find(program.rows(), devices.tiers(), LONGEST),
            boundary,
            solved.term().linear()));
    return List.copyOf(readings);
  }

  private static List<RowDependency> all(SeenProgram program) {
    return RowDependencies.find(program.rows(), new int[program.count()], LONGEST);
  }

  private static SeenProgram withoutPadding(SeenProgram program) {
    SeenProgram rest = program;
    while (true) {
      int[] kept = RealSides.of(rest, all(rest)).kept();
      if (kept.length == rest.count()) {
        return rest;
      }
      rest = rest.keeping(kept);
    }
  }

  /**
   * Rows that are no flow or voltage of a line. A device with reactive power may be all of the net
   * injection, active and reactive: a cone within these directions is a device nevertheless.
   */
  private static int[] ofDevices(BoundarySpace boundary, SeenProgram program) {
    boolean[] held = new boolean[program.count()];
    for (int row = 0; row < held.length; row++) {
      held[row] = boundary.holds(program.row(row));
    }
    boolean[] kept = new boolean[held.length];
    List<RowDependency> dependencies = all(program);
    for (Cone cone : Cone.all(dependencies, RealSides.of(program, dependencies))) {
      if (cone.rows().allMatch(row -> held[row])) {
        cone.rows().forEach(row -> kept[row] = true);
      }
    }
    return IntStream.range(0, held.length).filter(row -> kept[row] || !held[row]).toArray();
  }
}
