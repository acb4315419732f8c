package io.dualgrid.protocol;

/** Why a party gave up: all that the others are told. */
public enum AbortCode {
  /** Its own program could not be solved. */
  LOCAL_FAILURE(1),
  /** A message with lengths or values that none has. */
  MALFORMED(2),
  /** A message of another version of the protocol. */
  WRONG_VERSION(3),
  /** A message of another run, or of an epoch that is not open. */
  WRONG_RUN(4),
  /** Two messages under one number. */
  EQUIVOCATION(5),
  /** A message that the protocol does not allow now. */
  UNEXPECTED(6),
  /** Keys, tags, signatures or sums that do not fit. */
  NOT_AUTHENTIC(7),
  /** A sum that would show somebody's figures. */
  NO_COMPANY(8),
  /** There is proof that no dispatch meets the limits: no fault of anybody. */
  INFEASIBLE(9);

  private final int code;

  AbortCode(int code) {
    this.code = code;
  }

  /** On the wire. */
  public int code() {
    return code;
  }

  static AbortCode of(int code) {
    for (AbortCode known : values()) {
      if (known.code == code) {
        return known;
      }
    }
    throw new ProtocolException(MALFORMED, "abort code " + code + " is unknown");
  }
}
