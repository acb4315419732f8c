package io.dualgrid.commitment;

import io.dualgrid.device.DesProgram;

/**
 * The program of a system with states between 0 and 1, as near as rows bring it to states of 0 and
 * 1.
 */
public final class Relaxation {
  private Relaxation() {}

  /** Over the same variables; the program itself where nothing of it is switched. */
  public static DesProgram of(DesProgram program) {
    return program.switchings().isEmpty()
        ? program
        : program.with(
            new SwitchedProgram(program.program(), program.switchings()).tightened().program());
  }
}
