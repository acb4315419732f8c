package io.dualgrid.auth;

import java.util.Collection;

/**
 * Who stands behind a sum besides the one whose value it hides. A site counts when it has private
 * devices: when it is not the root, whose power the operator meters and can take out of any sum,
 * and when some device of it other than a grid interface can take or supply more than nothing at
 * some time. A junction has no values of its own, so it hides nobody. Of three such sites none can
 * tell the values of another from a sum and its own.
 *
 * @param even sites with private devices at even depths
 * @param odd sites with private devices at odd depths
 */
public record Company(int even, int odd) {
  /** Sites that a sum takes at least. */
  public static final int LEAST = 3;

  /**
   * Counts, from verified bundles.
   *
   * @param evenDepths keys of sites at even depths, without the root
   * @param oddDepths keys of sites at odd depths
   */
  public static Company of(Collection<KeyBundle> evenDepths, Collection<KeyBundle> oddDepths) {
    return new Company(count(evenDepths), count(oddDepths));
  }

  private static int count(Collection<KeyBundle> bundles) {
    return (int) bundles.stream().filter(KeyBundle::privateDevices).count();
  }

  /** Whether the sums over all sites have company. */
  public boolean ofAll() {
    return even + odd >= LEAST;
  }

  /** Whether the sums over each half of the depths have. */
  public boolean ofHalves() {
    return even >= LEAST && odd >= LEAST;
  }

  /**
   * Whether there may be a price hub, which needs sums over each half of the depths.
   *
   * @param exposedSumsAllowed whether somebody has allowed sums without company: then it is enough
   *     that no half is the value of a single site
   */
  public boolean allowsHub(boolean exposedSumsAllowed) {
    return ofHalves() || exposedSumsAllowed && even != 1 && odd != 1;
  }
}
