package io.dualgrid.checkpoint;

import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;

/**
 * What is needed to go on with a run.
 *
 * @param order what was asked for
 * @param state how far it has come
 */
public record Checkpoint(Order order, RunState state) {
  /**
   * What was asked for, the same in all checkpoints of a run.
   *
   * @param caseName name of a bundled case, or the folder of a case
   * @param caseFingerprint of its content, see {@link io.dualgrid.caseio.format.CaseFingerprint}
   * @param settings of the run
   * @param gap whether the distance to the central optimum is wanted, too
   * @param out folder of the results, or null
   * @param interval between two checkpoints
   */
  public record Order(
      String caseName,
      String caseFingerprint,
      RunSettings settings,
      boolean gap,
      String out,
      CheckpointInterval interval) {}
}
