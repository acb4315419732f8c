package io.dualgrid.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that are counts. */
final class Counts {
  private Counts() {}

  /**
   * Refuses a count that is not positive.
   *
   * @param spec of the command
   * @throws ParameterException naming option and value
   */
  static void requirePositive(CommandSpec spec, String option, int value) {
    if (value < 1) {
      throw new ParameterException(spec.commandLine(), option + " must be positive, got " + value);
    }
  }
}
