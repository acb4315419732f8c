package io.dualgrid.runtime;

/** The steps of an iteration whose time is reported. */
public enum Step {
  /** Building the linear term (and the quadratic one when penalties change). */
  LINEAR_TERM("linearTerm"),
  /** Drawing masks, masking and unmasking. */
  MASK("mask"),
  /** Solving, by the energy system or by the cloud. */
  SOLVE("solve"),
  /** Checking the answers of the cloud. */
  CHECK("check"),
  /** Encoding and encrypting boundary values. */
  ENCRYPT("encrypt"),
  /** Sums over boundary messages at the operator. */
  SUM("sum"),
  /** Decrypting and decoding consensus values. */
  DECRYPT("decrypt"),
  /** Secure sums of scalars, both sides. */
  SECURE_SUM("secureSum"),
  /** Updating multipliers and consensus state. */
  UPDATE("update"),
  /** Evaluating the lower bound. */
  CERTIFY("certify");

  private final String label;

  Step(String label) {
    this.label = label;
  }

  /** Name in result files. */
  public String label() {
    return label;
  }
}
