package io.dualgrid.commitment;

import io.dualgrid.device.DesProgram;
import java.util.List;

/**
 * When each device of an energy system that can be switched is on.
 *
 * @param on for each {@link DesProgram#switchings()} the state of each step
 */
public record States(List<boolean[]> on) {
  /** Copies the list. */
  public States {
    on = List.copyOf(on);
  }

  /**
   * The program with these states: variables of states and starts have both bounds at 0 or at 1,
   * all else is as it was, and so is the order of variables and rows.
   */
  public DesProgram fix(DesProgram program) {
    byte[][] set = on.stream().map(SwitchedProgram::bytes).toArray(byte[][]::new);
    return program.with(new SwitchedProgram(program.program(), program.switchings()).with(set));
  }

  /** The number of devices only: states are their owner's. */
  @Override
  public String toString() {
    return "States[" + on.size() + "]";
  }
}
