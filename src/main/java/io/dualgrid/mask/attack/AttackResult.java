package io.dualgrid.mask.attack;

/**
 * What one attack achieved.
 *
 * @param attack its name
 * @param assumed what the attacker is taken to know
 * @param score what it got right, from 0 to 1; 1 is full success
 * @param chance what blind guessing gets right, on the same scale
 * @param chanceError standard deviation of blind guessing's score
 * @param detail figures behind the score, for people
 */
public record AttackResult(
    String attack, String assumed, double score, double chance, double chanceError, String detail) {
  /** Upper 1e-6 quantile of the standard normal distribution. */
  private static final double ONE_IN_A_MILLION = 4.753;

  /** What blind guessing stays below but for one case in a million. */
  public double bound() {
    return chance + ONE_IN_A_MILLION * chanceError;
  }

  /** Whether the score is above {@link #bound()}. */
  public boolean leaks() {
    return score > bound() + 1e-9;
  }
}
