package io.dualgrid.mask;

import io.dualgrid.qp.QpStatus;

/**
 * Message from the cloud to an energy system: what it says is the solution. Nothing in it may be
 * trusted before {@link MaskedDes#unmask} and {@link AnswerCheck} have seen it.
 *
 * @param mask repeated from the linear term
 * @param sequence repeated from the linear term
 * @param status as claimed
 * @param y masked solution, length k as it should be
 * @param multipliers of the masked rows, length m as it should be, positive at an upper bound
 * @param iterations spent, as claimed
 */
public record MaskedAnswer(
    long mask, long sequence, QpStatus status, double[] y, double[] multipliers, int iterations) {
  /** Status and dimensions only. */
  @Override
  public String toString() {
    return "MaskedAnswer[" + status + ", " + y.length + ", " + multipliers.length + "]";
  }
}
