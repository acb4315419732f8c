package io.dualgrid.operator;

import io.dualgrid.protocol.AbortCode;

/** An edge has given up; the operator knows the code only. */
public final class AbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int edge;

  AbortedException(int edge, int node, AbortCode code) {
    super("node " + node + " gave up: " + code);
    this.edge = edge;
  }

  /** Number of its link. */
  public int edge() {
    return edge;
  }
}
