package io.dualgrid.operator;

import io.dualgrid.feeder.FeederTree;
import java.util.Collection;

/**
 * How many energy systems are in the sums over even and over odd depths, where nothing is
 * encrypted; where messages are, {@link io.dualgrid.auth.Company} counts. The root does not: it is
 * the substation, whose power the operator meters.
 *
 * @param evenBesidesRoot energy systems at even depth without the root
 * @param odd energy systems at odd depth
 */
record DepthHalves(int evenBesidesRoot, int odd) {
  /** Counts the nodes of a feeder. */
  static DepthHalves of(FeederTree tree, Collection<Integer> nodes) {
    int even = (int) nodes.stream().filter(tree::hasEvenDepth).count();
    return new DepthHalves(even - 1, nodes.size() - even);
  }

  /** Whether a sum over one half would be the value of a single energy system. */
  boolean exposeOne() {
    return evenBesidesRoot == 1 || odd == 1;
  }
}
