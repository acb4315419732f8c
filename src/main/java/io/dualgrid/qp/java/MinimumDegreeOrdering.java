package io.dualgrid.qp.java;

import java.util.Arrays;

/**
 * A fill-reducing ordering of a sparse symmetric matrix: approximate minimum degree on the quotient
 * graph (Amestoy, Davis and Duff, "An approximate minimum degree ordering algorithm", SIAM J.
 * Matrix Anal. Appl. 17(4), 1996), with element absorption and mass elimination, without
 * supervariables. Deterministic: among nodes of equal degree the one that entered last is taken.
 */
final class MinimumDegreeOrdering {
  private final int n;

  // Neighbours of each node that is not eliminated: plain nodes and elements (eliminated nodes
  // whose
  // clique stands for the fill they caused).
  private final int[][] nodes;
  private final int[] nodeCount;
  private final int[][] elements;
  private final int[] elementCount;

  // Members of each element; null for a node that is no element or was absorbed.
  private final int[][] members;

  private final int[] degree;
  private final int[] bucketHead;
  private final int[] next;
  private final int[] previous;
  private final boolean[] eliminated;

  private final int[] mark;
  private int stamp;
  private final int[] outside; // |Le \ Lp| of element e, valid where outsideStamp is current
  private final int[] outsideStamp;

  private MinimumDegreeOrdering(int n, int[] columnPointers, int[] rowIndices) {
    this.n = n;
    nodes = new int[n][];
    nodeCount = new int[n];
    elements = new int[n][];
    elementCount = new int[n];
    members = new int[n][];
    degree = new int[n];
    bucketHead = new int[n + 1];
    next = new int[n];
    previous = new int[n];
    eliminated = new boolean[n];
    mark = new int[n];
    outside = new int[n];
    outsideStamp = new int[n];
    for (int j = 0; j < n; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        if (rowIndices[k] != j) {
          degree[j]++;
          degree[rowIndices[k]]++;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      nodes[i] = new int[degree[i]];
      elements[i] = new int[4];
    }
    for (int j = 0; j < n; j++) {
      for (int k = columnPointers[j]; k < columnPointers[j + 1]; k++) {
        int i = rowIndices[k];
        if (i != j) {
          nodes[i][nodeCount[i]++] = j;
          nodes[j][nodeCount[j]++] = i;
        }
      }
    }
    Arrays.fill(bucketHead, -1);
    for (int i = n - 1; i >= 0; i--) {
      insert(i);
    }
  }

  /**
   * Orders.
   *
   * @param columnPointers of a square matrix, length n + 1
   * @param rowIndices of its upper (or lower) triangle, each entry once; the diagonal is ignored
   * @return the nodes in the order of elimination, length n
   */
  static int[] of(int n, int[] columnPointers, int[] rowIndices) {
    return new MinimumDegreeOrdering(n, columnPointers, rowIndices).order();
  }

  private int[] order() {
    int[] order = new int[n];
    int count = 0;
    int least = 0;
    while (count < n) {
      while (bucketHead[least] < 0) {
        least++;
      }
      int pivot = bucketHead[least];
      remove(pivot);
      eliminated[pivot] = true;
      order[count++] = pivot;
      int[] clique = formElement(pivot);
      measureOverlap(clique);
      int kept = 0;
      for (int i : clique) {
        remove(i);
        prune(i, pivot);
        if (nodeCount[i] == 0 && elementCount[i] == 0) {
          // i sees nothing but the new element: it can follow the pivot without further fill
          eliminated[i] = true;
          order[count++] = i;
        } else {
          clique[kept++] = i;
        }
      }
      clique = Arrays.copyOf(clique, kept);
      members[pivot] = kept == 0 ? null : clique;
      for (int i : clique) {
        degree[i] = approximateDegree(i, kept, n - count);
        addElement(i, pivot);
        insert(i);
        least = Math.min(least, degree[i]);
      }
    }
    return order;
  }

  /** The clique of the pivot's elimination; the elements it covers are absorbed. */
  private int[] formElement(int pivot) {
    stamp++;
    mark[pivot] = stamp;
    int[] clique = new int[Math.max(16, nodeCount[pivot])];
    int size = 0;
    for (int k = 0; k < nodeCount[pivot]; k++) {
      int i = nodes[pivot][k];
      if (!eliminated[i] && mark[i] != stamp) {
        mark[i] = stamp;
        clique[size++] = i;
      }
    }
    for (int k = 0; k < elementCount[pivot]; k++) {
      int element = elements[pivot][k];
      if (members[element] == null) {
        continue;
      }
      for (int i : members[element]) {
        if (!eliminated[i] && mark[i] != stamp) {
          mark[i] = stamp;
          if (size == clique.length) {
            clique = Arrays.copyOf(clique, 2 * size);
          }
          clique[size++] = i;
        }
      }
      members[element] = null;
    }
    nodes[pivot] = null;
    elements[pivot] = null;
    return Arrays.copyOf(clique, size);
  }

  /** For each element that meets the clique, how many of its members lie outside it. */
  private void measureOverlap(int[] clique) {
    for (int i : clique) {
      for (int k = 0; k < elementCount[i]; k++) {
        int element = elements[i][k];
        if (members[element] == null) {
          continue;
        }
        if (outsideStamp[element] != stamp) {
          outsideStamp[element] = stamp;
          int alive = 0;
          int[] of = members[element];
          for (int j : of) {
            if (!eliminated[j]) {
              of[alive++] = j;
            }
          }
          if (alive < of.length) {
            members[element] = Arrays.copyOf(of, alive);
          }
          outside[element] = alive;
        }
        outside[element]--;
      }
    }
  }

  /** Drops what the new element covers from the neighbours of a member of it. */
  private void prune(int i, int pivot) {
    int kept = 0;
    int[] of = nodes[i];
    for (int k = 0; k < nodeCount[i]; k++) {
      int j = of[k];
      if (j != pivot && !eliminated[j] && mark[j] != stamp) {
        of[kept++] = j;
      }
    }
    nodeCount[i] = kept;
    kept = 0;
    int[] around = elements[i];
    for (int k = 0; k < elementCount[i]; k++) {
      int element = around[k];
      if (members[element] != null) {
        if (outsideStamp[element] == stamp && outside[element] == 0) {
          continue; // wholly within the new element
        }
        around[kept++] = element;
      }
    }
    elementCount[i] = kept;
  }

  private int approximateDegree(int i, int cliqueSize, int remaining) {
    int sum = nodeCount[i] + cliqueSize - 1;
    for (int k = 0; k < elementCount[i]; k++) {
      int element = elements[i][k];
      sum += outsideStamp[element] == stamp ? outside[element] : members[element].length;
    }
    return Math.max(0, Math.min(sum, remaining - 1));
  }

  private void addElement(int i, int element) {
    if (elementCount[i] == elements[i].length) {
      elements[i] = Arrays.copyOf(elements[i], 2 * elements[i].length);
    }
    elements[i][elementCount[i]++] = element;
  }

  private void insert(int i) {
    int bucket = degree[i];
    next[i] = bucketHead[bucket];
    previous[i] = -1;
    if (next[i] >= 0) {
      previous[next[i]] = i;
    }
    bucketHead[bucket] = i;
  }

  private void remove(int i) {
    if (previous[i] >= 0) {
      next[previous[i]] = next[i];
    } else {
      bucketHead[degree[i]] = next[i];
    }
    if (next[i] >= 0) {
      previous[next[i]] = previous[i];
    }
  }
}
