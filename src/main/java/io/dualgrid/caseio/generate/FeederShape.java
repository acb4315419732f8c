package io.dualgrid.caseio.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Shapes of made-up feeders. Node 0 is the root; every node is numbered after its parent. */
public enum FeederShape {
  /** Every node feeds the next one. */
  CHAIN {
    @Override
    int[] parents(int nodes, Random random) {
      int[] parents = new int[nodes];
      for (int k = 1; k < nodes; k++) {
        parents[k] = k - 1;
      }
      return parents;
    }
  },

  /** The root feeds every other node. */
  STAR {
    @Override
    int[] parents(int nodes, Random random) {
      return new int[nodes];
    }
  },

  /** Every node is fed by one drawn uniformly from those before it: a random recursive tree. */
  BUSHY {
    @Override
    int[] parents(int nodes, Random random) {
      int[] parents = new int[nodes];
      for (int k = 1; k < nodes; k++) {
        parents[k] = random.nextInt(k);
      }
      return parents;
    }
  },

  /**
   * A trunk with short laterals, like the published feeder of Yingkou: the trunk has 3·√nodes lines
   * (23 of 60 there), the laterals a mean of two.
   */
  YINGKOU_LIKE {
    @Override
    int[] parents(int nodes, Random random) {
      int trunk = (int) Math.min(nodes - 1, Math.round(3 * Math.sqrt(nodes)));
      int[] parents = new int[nodes];
      int[] depth = new int[nodes];
      List<Integer> feeding = new ArrayList<>(List.of(0));
      for (int k = 1; k < nodes; k++) {
        boolean extendsLateral = k > trunk + 1 && random.nextBoolean() && depth[k - 1] < trunk;
        if (k <= trunk || extendsLateral) {
          parents[k] = k - 1;
        } else {
          parents[k] = feeding.get(random.nextInt(feeding.size()));
        }
        depth[k] = depth[parents[k]] + 1;
        if (k < trunk) {
          feeding.add(k);
        }
      }
      return parents;
    }
  };

  /**
   * The parent of every node.
   *
   * @return length nodes; the entry of the root has no meaning
   */
  abstract int[] parents(int nodes, Random random);

  /** The name on the command line: chain, star, bushy or yingkou-like. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The shape of a name.
   *
   * @throws IllegalArgumentException naming the shapes there are
   */
  public static FeederShape of(String label) {
    for (FeederShape shape : values()) {
      if (shape.label().equals(label)) {
        return shape;
      }
    }
    throw new IllegalArgumentException(
        "unknown shape " + label + "; give chain, star, bushy or yingkou-like");
  }
}
