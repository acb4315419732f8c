package io.dualgrid.device;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * On/off operation of one device in the program of its energy system. The program holds its convex
 * relaxation: states between 0 and 1, and the inequalities of least times on and off that describe
 * the convex hull of all schedules of states (Rajan and Takriti, "Minimum up/down polytopes of the
 * unit commitment problem with start-up costs", IBM Research Report RC23628, 2005). With states of
 * 0 and 1 the starts are 0 and 1, too.
 *
 * @param device label of the device
 * @param power variable of the active power at each step
 * @param on variable of the state at each step: 1 on, 0 off
 * @param starts variable of a start at each step, fixed at 0 at the first; null where neither least
 *     times nor a cost ask for it
 * @param onSteps least number of steps on, at least one
 * @param offSteps least number of steps off, at least one
 */
public record Switching(
    String device, int[] power, int[] on, int[] starts, int onSteps, int offSteps) {
  /** Whether some choice of a step depends on others. */
  public boolean tiesSteps() {
    return starts != null;
  }

  /** The same in the variables of another program. */
  public Switching in(IntUnaryOperator place) {
    return new Switching(
        device,
        Arrays.stream(power).map(place).toArray(),
        Arrays.stream(on).map(place).toArray(),
        starts == null ? null : Arrays.stream(starts).map(place).toArray(),
        onSteps,
        offSteps);
  }
}
