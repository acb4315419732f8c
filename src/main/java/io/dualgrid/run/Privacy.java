package io.dualgrid.run;

/** What is hidden from whom. */
public enum Privacy {
  /** Nothing: plain programs, plain messages. */
  NONE,
  /** Programs are masked before the cloud solves them; boundary messages are plain. */
  RMME,
  /** Boundary messages are CKKS ciphertexts and sums are masked; programs are solved locally. */
  CKKS,
  /** Both. */
  DUAL;

  /** Whether programs are masked and solved by the cloud. */
  public boolean masksPrograms() {
    return this == RMME || this == DUAL;
  }

  /** Whether boundary messages are encrypted and sums masked. */
  public boolean encryptsMessages() {
    return this == CKKS || this == DUAL;
  }
}
