package io.dualgrid.cli;

import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import picocli.CommandLine.Mixin;
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

  @Mixin private QpOption qp;
  @Mixin private CkksOption ckks;

  @Option(
      names = "--ckks-parameters",
      paramLabel = "SET",
      defaultValue = "compact",
      completionCandidates = Choices.ParameterSets.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ParameterSet ckksParameters;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      defaultValue = "hardened",
      completionCandidates = Choices.Masks.class,
      description =
          "${COMPLETION-CANDIDATES}; the published mask leaks, see docs/ (default:"
              + " ${DEFAULT-VALUE}).")
  private MaskKind mask;

  @Option(
      names = "--mask-lifetime",
      paramLabel = "N",
      description =
          "Iterations that a mask is used for; 0 keeps it until the penalties change (default: 0,"
              + " and 1 for the published mask).")
  private Integer maskLifetime;

  @Mixin private StepOptions stepOptions;

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
      completionCandidates = Choices.Algorithms.class,
      description =
          "${COMPLETION-CANDIDATES} (default: newton with --privacy none and ckks, where every"
              + " energy system solves its own program; else accelerated).")
  private Algorithm algorithm;

  @Option(
      names = "--gap-tolerance",
      paramLabel = "SHARE",
      description =
          "Certified relative gap below which a run has converged; the published stopping rule does"
              + " not look at it (default: 1e-4 with newton, else 1e-3).")
  private Double gapTolerance;

  @Option(
      names = "--sensitivities",
      paramLabel = "WHICH",
      defaultValue = "blocks",
      completionCandidates = Choices.SensitivityChoices.class,
      description =
          "Who learns, with newton, what of how all injections together answer prices:"
              + " ${COMPLETION-CANDIDATES}. blocks is within each step, full between all steps, which"
              + " is refused where few own a battery or heat store, root no sum at all: the root"
              + " learns those within each step, and solves for prices (default: ${DEFAULT-VALUE}).")
  private Sensitivities sensitivities;

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

  @Option(
      names = "--allow-exposed-sums",
      description =
          "Run encrypted even where fewer than three sites with private devices stand behind a sum"
              + " that the operator gets; the notices say what it can learn.")
  private boolean allowExposedSums;

  /**
   * The settings for a case.
   *
   * @throws IllegalArgumentException when a number is out of range
   */
  RunSettings settings(CaseArgument gridCase) {
    return settings(gridCase.usualSampling());
  }

  /**
   * The settings where there is no case at hand.
   *
   * @param usualSampling where none is asked for
   * @throws IllegalArgumentException when a number is out of range
   */
  RunSettings settings(Sampling usualSampling) {
    RunSettings.Builder settings =
        RunSettings.builder()
            .privacy(privacy)
            .qpBackend(qp.name())
            .ckksBackend(ckks.name())
            .ckksParameters(ckksParameters)
            .mask(mask)
            .steps(stepOptions.steps())
            .sampling(stepOptions.sampling(usualSampling))
            .stopping(stopping)
            .algorithm(algorithm == null ? usual() : algorithm)
            .maxIterations(maxIterations)
            .onBadAnswer(onBadAnswer)
            .sensitivities(sensitivities)
            .allowExposedSums(allowExposedSums);
    if (gapTolerance != null) {
      settings.gapTolerance(gapTolerance);
    }
    if (maskLifetime != null) {
      settings.maskLifetime(maskLifetime);
    }
    if (threads != null) {
      settings.threads(threads);
    }
    return settings.build();
  }

  /** What runs where none is asked for. */
  private Algorithm usual() {
    boolean own = !privacy.masksPrograms() && stopping == Stopping.STRICT;
    return own ? Algorithm.NEWTON : Algorithm.ACCELERATED;
  }

  /** Whether the user has left privacy and algorithm as they are. */
  boolean untouched() {
    return privacy == Privacy.DUAL && algorithm == null;
  }
}
