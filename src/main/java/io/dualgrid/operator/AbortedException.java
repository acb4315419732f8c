package io.dualgrid.operator;

import io.dualgrid.protocol.AbortCode;

/** An edge has given up; the operator knows the code only. */
public final class AbortedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int edge;
  private final AbortCode code;

  AbortedException(int edge, int node, AbortCode code) {
    super("node " + node + " gave up: " + code);
    this.edge = edge;
    this.code = code;
  }

  /** Number of its link. */
  public int edge() {
    return edge;
  }

  /** What it told. */
  public AbortCode code() {
    return code;
  }
}
