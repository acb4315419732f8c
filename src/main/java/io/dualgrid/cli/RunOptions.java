package io.dualgrid.cli;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.Sampling;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import picocli.CommandLine.Option;

/** The options of {@code run} that become its settings. */
final class RunOptions {
  @Option(
      names = "--privacy",
      paramLabel = "MODE",
      defaultValue = "dual",
      completionCandidates = Choices.Privacies.class,
      description =
          "What is hidden: ${COMPLETION-CANDIDATES}. rmme masks the programs that the cloud"
              + " solves, ckks encrypts what goes to the operator, dual does both (default:"
              + " ${DEFAULT-VALUE}).")
  private Privacy privacy;

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

  @Option(
      names = "--ckks-parameters",
      paramLabel = "SET",
      defaultValue = "compact",
      completionCandidates = Choices.CkksParameters.class,
      converter = Choices.CkksParameters.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String ckksParameters;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      defaultValue = "hardened",
      completionCandidates = Choices.Mask.class,
      converter = Choices.Mask.class,
      description =
          "${COMPLETION-CANDIDATES}; the published mask leaks, see docs/ (default:"
              + " ${DEFAULT-VALUE}).")
  private String mask;

  @Option(
      names = "--mask-lifetime",
      paramLabel = "N",
      description =
          "Iterations that a mask is used for; 0 keeps it until the penalties change (default: 0,"
              + " and 1 for the published mask).")
  private Integer maskLifetime;

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
      defaultValue = "first",
      completionCandidates = Choices.Samplings.class,
      description =
          "Which profile row stands for a step: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}, as published).")
  private Sampling sampling;

  @Option(
      names = "--stopping",
      paramLabel = "RULE",
      defaultValue = "strict",
      completionCandidates = Choices.Stoppings.class,
      description =
          "${COMPLETION-CANDIDATES}; the published rule does not look at reactive power and holds"
              + " voltages to 1e-2 p.u. only (default: ${DEFAULT-VALUE}).")
  private Stopping stopping;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "accelerated",
      completionCandidates = Choices.Algorithms.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Algorithm algorithm;

  @Option(
      names = "--max-iterations",
      paramLabel = "N",
      defaultValue = "10000",
      description = "End as not converged after so many (default: ${DEFAULT-VALUE}).")
  private int maxIterations;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Energy systems solved at the same time; does not change the result (default: one per"
              + " processor).")
  private Integer threads;

  @Option(
      names = "--on-bad-answer",
      paramLabel = "POLICY",
      defaultValue = "solve-locally",
      completionCandidates = Choices.BadAnswerPolicies.class,
      description =
          "When an answer of the cloud fails its check: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private BadAnswerPolicy onBadAnswer;

  /**
   * The settings.
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  RunSettings settings() {
    return new RunSettings(
        privacy,
        qp,
        ckks,
        ckksParameters,
        mask,
        maskLifetime == null ? MaskSettings.named(mask).lifetimeIterations() : maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads == null ? RunSettings.defaults().threads() : threads,
        onBadAnswer);
  }
}
