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

  /**
   * Number of relays that was asked for; 0 where none were.
   *
   * @param sites that connect to them
   * @throws ParameterException when there are too many
   */
  static int relays(CommandSpec spec, Integer relays, int sites) {
    if (relays == null) {
      return 0;
    }
    requirePositive(spec, "--relays", relays);
    if (relays > sites) {
      throw new ParameterException(
          spec.commandLine(), "--relays " + relays + " are more than the " + sites + " sites");
    }
    return relays;
  }
}
