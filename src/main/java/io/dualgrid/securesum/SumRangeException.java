package io.dualgrid.securesum;

/** A value is beyond what a secure sum carries. */
public final class SumRangeException extends SecureSumException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public SumRangeException(String message) {
    super(message);
  }
}
