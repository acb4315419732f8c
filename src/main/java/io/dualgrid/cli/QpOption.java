package io.dualgrid.cli;

import picocli.CommandLine.Option;

/** Which solver of quadratic programs a process takes. */
final class QpOption {
  @Option(
      names = "--qp",
      paramLabel = "BACKEND",
      defaultValue = "auto",
      completionCandidates = Choices.Qp.class,
      converter = Choices.Qp.class,
      description =
          "Solver of quadratic programs: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE},"
              + " native where it can be had).")
  private String qp;

  /** As asked for. */
  String name() {
    return qp;
  }
}
