package io.dualgrid.parties;

/** The content of a boundary or consensus message: P, then Q, then V over the horizon, per unit. */
public sealed interface Payload {

  /**
   * Values in the clear, when messages are not encrypted.
   *
   * @param values length 3 · steps; not modified after sending
   */
  record Plain(double[] values) implements Payload {}

  /**
   * A ciphertext in its wire format.
   *
   * @param bytes not modified after sending
   */
  record Encrypted(byte[] bytes) implements Payload {
    /** The length only. */
    @Override
    public String toString() {
      return "Encrypted[" + bytes.length + " bytes]";
    }
  }
}
