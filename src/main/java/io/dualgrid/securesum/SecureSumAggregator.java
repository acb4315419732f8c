package io.dualgrid.securesum;

import java.util.BitSet;
import java.util.List;

/**
 * The operator's side of {@link SecureSumParty}: adds contributions, in which the masks cancel. It
 * holds no key. Thread safe.
 */
public final class SecureSumAggregator {
  private final int parties;
  private final BitSet members;

  /**
   * For so many parties.
   *
   * @param parties at least 2
   */
  public SecureSumAggregator(int parties) {
    this(parties, allOf(parties));
  }

  /**
   * For a part of so many parties: masks towards the others stay in its sums, so that these say no
   * more than what they are sums of.
   *
   * @param parties at least 2
   * @param members of the part
   */
  public SecureSumAggregator(int parties, BitSet members) {
    if (parties < 2) {
      throw new IllegalArgumentException("a sum over " + parties + " parties hides nothing");
    }
    if (members.isEmpty() || members.length() > parties) {
      throw new IllegalArgumentException("parties " + members + " of " + parties);
    }
    this.parties = parties;
    this.members = (BitSet) members.clone();
  }

  private static BitSet allOf(int parties) {
    BitSet all = new BitSet();
    all.set(0, Math.max(parties, 1)); // too few are refused by their number
    return all;
  }

  /**
   * The sums.
   *
   * @param round that all contributions must be for
   * @param contributions one of each party, in any order
   * @param scales as the parties used them
   * @return for each entry the sum over all parties, off by half a resolution a party at most
   * @throws SecureSumException when a party is missing or there twice, when rounds or lengths
   *     differ, or when the masks do not cancel
   */
  public double[] sum(long round, List<SecureSumContribution> contributions, FixedPoint... scales) {
    return add(round, contributions).read(parties, scales);
  }

  /**
   * The sums as they are, before anybody reads them.
   *
   * @param round that all contributions must be for
   * @param contributions one of each party, in any order
   * @throws SecureSumException when a party is missing or there twice, or when rounds or lengths
   *     differ
   */
  public SecureSumTotal add(long round, List<SecureSumContribution> contributions) {
    checkParties(round, contributions);
    int words = contributions.get(0).wordCount();
    long[] sum = new long[words];
    for (SecureSumContribution contribution : contributions) {
      if (contribution.wordCount() != words) {
        throw new SecureSumException(
            contribution
                + " has "
                + contribution.valueCount()
                + " values, "
                + contributions.get(0)
                + " has "
                + (words - 1));
      }
      for (int i = 0; i < words; i += SecureSumContribution.WORDS) {
        FixedPoint.add(sum, i, contribution.word(i), contribution.word(i + 1));
      }
    }
    return new SecureSumTotal(round, sum);
  }

  private void checkParties(long round, List<SecureSumContribution> contributions) {
    BitSet missing = (BitSet) members.clone();
    for (SecureSumContribution contribution : contributions) {
      int party = contribution.party();
      if (party < 0 || !missing.get(party)) {
        throw new SecureSumException(
            contribution + ": not one of " + members.cardinality() + " parties, or there twice");
      }
      if (contribution.round() != round) {
        throw new SecureSumException(contribution + " is not for round " + round);
      }
      missing.clear(party);
    }
    if (!missing.isEmpty()) {
      throw new SecureSumException(
          "round "
              + round
              + ": party "
              + missing.nextSetBit(0)
              + " is missing; its masks hide the sum");
    }
  }
}
