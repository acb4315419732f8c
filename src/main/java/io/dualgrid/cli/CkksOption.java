package io.dualgrid.cli;

import picocli.CommandLine.Option;

/** Which encryption a process takes. */
final class CkksOption {
  @Option(
      names = "--ckks",
      paramLabel = "BACKEND",
      defaultValue = "auto",
      completionCandidates = Choices.Ckks.class,
      converter = Choices.Ckks.class,
      description =
          "Encryption: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, native where it can be"
              + " had).")
  private String ckks;

  /** As asked for. */
  String name() {
    return ckks;
  }
}
