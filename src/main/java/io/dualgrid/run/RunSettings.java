package io.dualgrid.run;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.NewtonSettings;
import io.dualgrid.device.Sampling;
import io.dualgrid.mask.MaskSettings;

/**
 * Everything that steers a run.
 *
 * @param privacy what is hidden from whom
 * @param qpBackend native, osqp, java, or auto (native where it can be had)
 * @param ckksBackend seal, java, or auto
 * @param ckksParameters compact or published
 * @param mask hardened or published
 * @param maskLifetime iterations that a mask is used for; 0 to keep it until the quadratic term
 *     changes
 * @param steps time steps over the horizon
 * @param sampling how a step stands for its profile rows
 * @param stopping rule
 * @param algorithm how the consensus is reached
 * @param maxIterations a run that has not converged by then ends as not converged
 * @param threads energy systems solved at the same time; does not change the result
 * @param onBadAnswer what to do when the cloud's answer fails its check
 * @param newton how the coupled interior-point method runs; of no use to other algorithms
 * @param allowExposedSums whether to run encrypted where fewer than three sites with private
 *     devices stand behind a sum
 */
public record RunSettings(
    Privacy privacy,
    String qpBackend,
    String ckksBackend,
    String ckksParameters,
    String mask,
    int maskLifetime,
    int steps,
    Sampling sampling,
    Stopping stopping,
    Algorithm algorithm,
    int maxIterations,
    int threads,
    BadAnswerPolicy onBadAnswer,
    NewtonSettings newton,
    boolean allowExposedSums) {

  /** What an energy system does with an answer of the cloud that fails its check. */
  public enum BadAnswerPolicy {
    /** Count it, name it in the summary, and solve locally instead. */
    SOLVE_LOCALLY,
    /** End the run as failed. */
    STOP
  }

  /** The defaults of the command line. */
  public static RunSettings defaults() {
    return new RunSettings(
        Privacy.DUAL,
        "auto",
        "auto",
        "compact",
        "hardened",
        MaskSettings.HARDENED.lifetimeIterations(),
        24,
        Sampling.FIRST,
        Stopping.STRICT,
        Algorithm.ACCELERATED,
        10_000,
        Runtime.getRuntime().availableProcessors(),
        BadAnswerPolicy.SOLVE_LOCALLY,
        NewtonSettings.DEFAULT,
        false);
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public RunSettings {
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
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, got " + threads);
    }
  }

  /** The same, with or without leave for sums that have no company. */
  public RunSettings withExposedSums(boolean allowed) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowed);
  }

  /** The same with another privacy mode. */
  public RunSettings withPrivacy(Privacy value) {
    return new RunSettings(
        value,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with other backends. */
  public RunSettings withBackends(String qp, String ckks) {
    return new RunSettings(
        privacy,
        qp,
        ckks,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with another CKKS parameter set and mask, and the lifetime that this mask has. */
  public RunSettings withProtection(String newCkksParameters, String newMask) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        newCkksParameters,
        newMask,
        MaskSettings.named(newMask).lifetimeIterations(),
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with another lifetime of masks. */
  public RunSettings withMaskLifetime(int iterations) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        iterations,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with another policy on answers of the cloud that fail their check. */
  public RunSettings withBadAnswers(BadAnswerPolicy policy) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        policy,
        newton,
        allowExposedSums);
  }

  /** The same with another algorithm and stopping rule. */
  public RunSettings withAlgorithm(Algorithm newAlgorithm, Stopping newStopping) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        newStopping,
        newAlgorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with another time grid. */
  public RunSettings withSteps(int newSteps) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        newSteps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with other limits. */
  public RunSettings withLimits(int newMaxIterations, int newThreads) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        newMaxIterations,
        newThreads,
        onBadAnswer,
        newton,
        allowExposedSums);
  }

  /** The same with another setting of the coupled interior-point method. */
  public RunSettings withNewton(NewtonSettings value) {
    return new RunSettings(
        privacy,
        qpBackend,
        ckksBackend,
        ckksParameters,
        mask,
        maskLifetime,
        steps,
        sampling,
        stopping,
        algorithm,
        maxIterations,
        threads,
        onBadAnswer,
        value,
        allowExposedSums);
  }
}
