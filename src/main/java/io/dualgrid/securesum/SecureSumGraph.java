package io.dualgrid.securesum;

import java.util.stream.IntStream;

/**
 * Who shares a mask with whom: the Harary graph of degree 16 over the parties in a ring (each with
 * the eight next and the eight before), or all pairs where there are no more than 17. Public, and
 * the same for everybody: nobody chooses it, so that nobody can choose whom to surround.
 *
 * <p>A circulant graph with offsets 1 to k/2 stays connected when any k − 1 vertices are taken away
 * (Harary, "The maximum connectivity of a graph", 1962), which is what the collusion bound of
 * {@link SecureSumParty} rests on, and the work of a sum is linear in the number of parties. (Bell
 * et al., "Secure single-server aggregation with (poly)logarithmic overhead", CCS 2020, use such
 * graphs for the same end.)
 */
public final class SecureSumGraph {
  /** Partners of each party when there are many. */
  public static final int DEGREE = 16;

  private SecureSumGraph() {}

  /**
   * The partners of a party.
   *
   * @param party index from 0
   * @param parties number of parties, at least 2: a sum of one is that one's value
   * @return ascending
   */
  public static int[] partners(int party, int parties) {
    if (parties < 2) {
      throw new IllegalArgumentException("a sum over " + parties + " parties hides nothing");
    }
    if (party < 0 || party >= parties) {
      throw new IllegalArgumentException("party " + party + " of " + parties);
    }
    int half = DEGREE / 2;
    return IntStream.range(0, parties)
        .filter(other -> other != party)
        .filter(
            other -> {
              int ahead = Math.floorMod(other - party, parties);
              return parties <= DEGREE + 1 || Math.min(ahead, parties - ahead) <= half;
            })
        .toArray();
  }
}
