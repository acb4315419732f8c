package io.dualgrid.operator;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.feeder.FeederTree;
import java.util.Collection;
import java.util.Optional;

/**
 * How many energy systems stand behind the sums over even and over odd depths. The root is no
 * company: it is the substation, whose power the operator meters and can take out of a sum.
 *
 * @param evenBesidesRoot energy systems at even depth without the root
 * @param odd energy systems at odd depth
 */
public record DepthHalves(int evenBesidesRoot, int odd) {
  /** Counts the nodes of a feeder. */
  public static DepthHalves of(FeederTree tree, Collection<Integer> nodes) {
    int even = (int) nodes.stream().filter(tree::hasEvenDepth).count();
    return new DepthHalves(even - 1, nodes.size() - even);
  }

  /** Whether a sum over one half would be the value of a single energy system. */
  public boolean exposeOne() {
    return evenBesidesRoot == 1 || odd == 1;
  }

  /** What somebody who runs this feeder under encryption has to know; mostly nothing. */
  public Optional<String> notice(Algorithm algorithm) {
    if (evenBesidesRoot + odd == 1) {
      return Optional.of(
          "one energy system besides the root: every sum the operator gets is its value plus the"
              + " root's, which the operator meters; only two or more can hide behind a sum");
    }
    if (algorithm != Algorithm.ACCELERATED) {
      return Optional.empty();
    }
    if (exposeOne()) {
      return Optional.of(
          "a single energy system at "
              + (odd == 1 ? "odd" : "even")
              + " depth: sums over that half would be its values, so the price hub, which needs"
              + " them, is left out; the run may take more iterations");
    }
    if (evenBesidesRoot == 0) {
      return Optional.of(
          "the root is alone at even depth: the operator learns the root's power from the sum over"
              + " that half, as it does from the root's meter");
    }
    return Optional.empty();
  }
}
