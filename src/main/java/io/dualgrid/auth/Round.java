package io.dualgrid.auth;

/**
 * When a message was sent, as all parties count: the phase of an iteration. The epoch is in the
 * keys.
 *
 * @param iteration from 0
 * @param phase from 0, rising within an iteration
 */
public record Round(int iteration, int phase) implements Comparable<Round> {
  @Override
  public int compareTo(Round other) {
    int byIteration = Integer.compare(iteration, other.iteration);
    return byIteration != 0 ? byIteration : Integer.compare(phase, other.phase);
  }

  @Override
  public String toString() {
    return "iteration " + iteration + ", phase " + phase;
  }
}
