package io.dualgrid.cli;

import io.dualgrid.device.Sampling;
import picocli.CommandLine.Option;

/** Which steps the horizon of a case is cut into. */
final class StepOptions {
  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "24",
      description =
          "Time steps over the horizon; must divide the rows of the profiles (default:"
              + " ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--sampling",
      paramLabel = "RULE",
      completionCandidates = Choices.Samplings.class,
      description =
          "What of the profile rows of a step stands for it: ${COMPLETION-CANDIDATES} (default:"
              + " first for bundled cases, as published, mean for others).")
  private Sampling sampling;

  /** Number of steps, not yet held against a case. */
  int steps() {
    return steps;
  }

  /**
   * What stands for a step.
   *
   * @param usual where nothing is asked for
   */
  Sampling sampling(Sampling usual) {
    return sampling == null ? usual : sampling;
  }
}
