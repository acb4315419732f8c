package io.dualgrid.mask;

/**
 * Message from an energy system to the cloud, once an iteration: the masked linear term.
 *
 * @param mask number of the {@link MaskedProblem} it belongs to
 * @param sequence counts the linear terms of this energy system; the answer must repeat it
 * @param linear c, length k; belongs to the message and must not be modified
 */
public record MaskedLinearTerm(long mask, long sequence, double[] linear) {
  /** Dimensions only. */
  @Override
  public String toString() {
    return "MaskedLinearTerm[" + linear.length + "]";
  }
}
