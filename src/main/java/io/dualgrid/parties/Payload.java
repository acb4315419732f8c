package io.dualgrid.parties;

/** The content of a boundary or consensus message: P, then Q, then V over the horizon, per unit. */
public sealed interface Payload {

  /**
   * Values in the clear, when messages are not encrypted.
   *
   * @param values length 3 · steps; not modified after sending
   */
  record Plain(double[] values) implements Payload {}
}
