package io.dualgrid.run;

import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.site.GridCase;
import java.util.Objects;

/**
 * Everything that steers a run. Made by a {@link Builder}, checked when made, and not to be changed
 * afterwards.
 *
 * @param privacy what is hidden from whom
 * @param qpBackend native, osqp, java, or auto (native where it can be had)
 * @param ckksBackend seal, java, or auto
 * @param ckksParameters what messages are encrypted under
 * @param mask how programs are masked
 * @param maskLifetime iterations that a mask is used for; 0 to keep it until the quadratic term
 *     changes
 * @param steps time steps over the horizon
 * @param sampling how a step stands for its profile rows
 * @param stopping rule
 * @param algorithm how the consensus is reached
 * @param maxIterations a run that has not converged by then ends as not converged
 * @param threads energy systems solved at the same time; does not change the result
 * @param onBadAnswer what to do when the cloud's answer fails its check
 * @param gapTolerance certified relative gap below which a run has converged; 1e-4 by default with
 *     newton, else 1e-3. The published stopping rule does not look at it
 * @param sensitivities who learns, with newton, what of how all injections together answer prices;
 *     of no use to other algorithms
 * @param allowExposedSums whether to run encrypted where fewer than three sites with private
 *     devices stand behind a sum
 * @param voltageForm how programs hold voltages
 */
public record RunSettings(
    Privacy privacy,
    String qpBackend,
    String ckksBackend,
    ParameterSet ckksParameters,
    MaskKind mask,
    int maskLifetime,
    int steps,
    Sampling sampling,
    Stopping stopping,
    Algorithm algorithm,
    int maxIterations,
    int threads,
    BadAnswerPolicy onBadAnswer,
    double gapTolerance,
    Sensitivities sensitivities,
    boolean allowExposedSums,
    VoltageForm voltageForm) {

  /** What an energy system does with an answer of the cloud that fails its check. */
  public enum BadAnswerPolicy {
    /** Count it, name it in the summary, and solve locally instead. */
    SOLVE_LOCALLY,
    /** End the run as failed. */
    STOP
  }

  /**
   * The gap tolerance of an algorithm where none is asked for. A splitting reaches a tenth of a
   * percent in half of the iterations that it needs for a hundredth.
   */
  private static double usualGap(Algorithm algorithm) {
    return algorithm == Algorithm.NEWTON ? Stopping.CERTIFIED_GAP : Stopping.COARSE_GAP;
  }

  /** The defaults of the command line. */
  public static RunSettings defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The case with its voltages held in the form of these. */
  public GridCase inForm(GridCase gridCase) {
    return gridCase.withLimits(gridCase.limits().inForm(voltageForm));
  }

  /** Starts from these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of range or unknown
   */
  public RunSettings {
    Objects.requireNonNull(privacy, "privacy");
    Objects.requireNonNull(qpBackend, "qpBackend");
    Objects.requireNonNull(ckksBackend, "ckksBackend");
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(stopping, "stopping");
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(onBadAnswer, "onBadAnswer");
    Objects.requireNonNull(sensitivities, "sensitivities");
    Objects.requireNonNull(voltageForm, "voltageForm");
    Objects.requireNonNull(ckksParameters, "ckksParameters");
    Objects.requireNonNull(mask, "mask");
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be positive, got " + steps);
    }
    if (maskLifetime < 0) {
      throw new IllegalArgumentException(
          "mask-lifetime must be a number of iterations, or 0 to keep a mask until the quadratic"
              + " term changes; got "
              + maskLifetime);
    }
    if (maxIterations < 1) {
      throw new IllegalArgumentException("max-iterations must be positive, got " + maxIterations);
    }
    if (algorithm == Algorithm.NEWTON && privacy.masksPrograms()) {
      throw new IllegalArgumentException(
          "algorithm newton has no part for a cloud: every energy system factorises its own program"
              + " at home, which protects it better than any mask; take --privacy ckks, or"
              + " --algorithm accelerated to have masked programs solved");
    }
    if (algorithm == Algorithm.NEWTON && stopping == Stopping.PUBLISHED) {
      throw new IllegalArgumentException(
          "stopping published looks at copies of line values, which newton has none of: it stops at"
              + " a certified gap; take --algorithm published or accelerated");
    }
    if (!(gapTolerance > 0)) {
      throw new IllegalArgumentException("gap-tolerance must be positive, got " + gapTolerance);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, got " + threads);
    }
  }

  /** Collects settings, all at their defaults until set. Used by one thread at a time. */
  public static final class Builder {
    private Privacy privacy = Privacy.DUAL;
    private String qpBackend = "auto";
    private String ckksBackend = "auto";
    private ParameterSet ckksParameters = ParameterSet.COMPACT;
    private MaskKind mask = MaskKind.HARDENED;
    private Integer maskLifetime;
    private int steps = 24;
    private Sampling sampling = Sampling.FIRST;
    private Stopping stopping = Stopping.STRICT;
    private Algorithm algorithm = Algorithm.ACCELERATED;
    private int maxIterations = 10_000;
    private int threads = Runtime.getRuntime().availableProcessors();
    private BadAnswerPolicy onBadAnswer = BadAnswerPolicy.SOLVE_LOCALLY;
    private Double gapTolerance; // null for what is usual with the algorithm
    private Sensitivities sensitivities = Sensitivities.BLOCKS;
    private boolean allowExposedSums;
    private VoltageForm voltageForm = VoltageForm.LINEAR;

    private Builder() {}

    private Builder(RunSettings from) {
      privacy = from.privacy;
      qpBackend = from.qpBackend;
      ckksBackend = from.ckksBackend;
      ckksParameters = from.ckksParameters;
      mask = from.mask;
      maskLifetime = from.maskLifetime;
      steps = from.steps;
      sampling = from.sampling;
      stopping = from.stopping;
      algorithm = from.algorithm;
      maxIterations = from.maxIterations;
      threads = from.threads;
      onBadAnswer = from.onBadAnswer;
      gapTolerance = from.gapTolerance == usualGap(from.algorithm) ? null : from.gapTolerance;
      sensitivities = from.sensitivities;
      allowExposedSums = from.allowExposedSums;
      voltageForm = from.voltageForm;
    }

    /**
     * Sets {@link RunSettings#privacy()}.
     *
     * @param value what is hidden from whom
     */
    public Builder privacy(Privacy value) {
      privacy = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#qpBackend()}.
     *
     * @param value native, osqp, java, or auto (native where it can be had)
     */
    public Builder qpBackend(String value) {
      qpBackend = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#ckksBackend()}.
     *
     * @param value seal, java, or auto
     */
    public Builder ckksBackend(String value) {
      ckksBackend = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#ckksParameters()}.
     *
     * @param value compact or published
     */
    public Builder ckksParameters(ParameterSet value) {
      ckksParameters = value;
      return this;
    }

    /**
     * Sets the mask, and with it the lifetime that this mask has.
     *
     * @param value how programs are masked
     */
    public Builder mask(MaskKind value) {
      mask = value;
      maskLifetime = null;
      return this;
    }

    /**
     * Sets {@link RunSettings#maskLifetime()}.
     *
     * @param value iterations that a mask is used for; 0 to keep it until the quadratic term
     *     changes
     */
    public Builder maskLifetime(int value) {
      maskLifetime = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#steps()}.
     *
     * @param value time steps over the horizon
     */
    public Builder steps(int value) {
      steps = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#sampling()}.
     *
     * @param value how a step stands for its profile rows
     */
    public Builder sampling(Sampling value) {
      sampling = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#stopping()}.
     *
     * @param value rule
     */
    public Builder stopping(Stopping value) {
      stopping = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#algorithm()}.
     *
     * @param value how the consensus is reached
     */
    public Builder algorithm(Algorithm value) {
      algorithm = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#maxIterations()}.
     *
     * @param value a run that has not converged by then ends as not converged
     */
    public Builder maxIterations(int value) {
      maxIterations = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#threads()}.
     *
     * @param value energy systems solved at the same time; does not change the result
     */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#onBadAnswer()}.
     *
     * @param value what to do when the cloud's answer fails its check
     */
    public Builder onBadAnswer(BadAnswerPolicy value) {
      onBadAnswer = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#gapTolerance()}.
     *
     * @param value certified relative gap below which a run has converged
     */
    public Builder gapTolerance(double value) {
      gapTolerance = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#sensitivities()}.
     *
     * @param value who learns what of how all injections together answer prices
     */
    public Builder sensitivities(Sensitivities value) {
      sensitivities = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#allowExposedSums()}.
     *
     * @param value whether to run encrypted where fewer than three sites with private devices stand
     *     behind a sum
     */
    public Builder allowExposedSums(boolean value) {
      allowExposedSums = value;
      return this;
    }

    /**
     * Sets {@link RunSettings#voltageForm()}.
     *
     * @param value how programs hold voltages
     */
    public Builder voltageForm(VoltageForm value) {
      voltageForm = value;
      return this;
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException when one is out of range or unknown, or two contradict
     */
    public RunSettings build() {
      int lifetime =
          maskLifetime == null ? MaskSettings.of(mask).lifetimeIterations() : maskLifetime;
      return new RunSettings(
          privacy,
          qpBackend,
          ckksBackend,
          ckksParameters,
          mask,
          lifetime,
          steps,
          sampling,
          stopping,
          algorithm,
          maxIterations,
          threads,
          onBadAnswer,
          gapTolerance == null ? usualGap(algorithm) : gapTolerance,
          sensitivities,
          allowExposedSums,
          voltageForm);
    }
  }
}
