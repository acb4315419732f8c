package io.dualgrid.consensus.newton;

/** What was asked for would show the figures of a few energy systems. */
public final class FewOwnersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which.
   *
   * @param devices whose figures
   * @param owners how many energy systems own such
   */
  public FewOwnersException(String devices, long owners) {
    super(
        "sensitivities full would show the "
            + devices
            + " of "
            + owners
            + (owners == 1 ? " energy system" : " energy systems")
            + " to the operator: it takes three owners besides the root to hide one; take --sensitivities"
            + " blocks or root");
  }
}
