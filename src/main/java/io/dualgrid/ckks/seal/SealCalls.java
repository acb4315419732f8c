package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksException.Reason;

/** The library, and what its statuses mean. */
record SealCalls(SealLibrary library) {

  /**
   * Turns a status into an exception.
   *
   * @param what the call was for, in words
   * @throws IllegalStateException for a handle that was freed
   * @throws CkksException for anything else but success; lengths and ranges were checked before, so
   *     that none of them is the user's doing
   */
  void check(int status, String what) {
    if (status == SealLibrary.OK) {
      return;
    }
    String reason = library.dualgrid_seal_last_error();
    switch (status) {
      case SealLibrary.BAD_HANDLE ->
          throw new IllegalStateException("SEAL, " + what + ": closed (" + reason + ")");
      case SealLibrary.BAD_RESIDUE ->
          throw new CkksException(Reason.RESIDUE_OUT_OF_RANGE, "SEAL, " + what + ": " + reason);
      case SealLibrary.BAD_LENGTH ->
          throw new CkksException(Reason.WRONG_LENGTH, "SEAL, " + what + ": " + reason);
      default ->
          throw new CkksException(
              Reason.BACKEND_FAILURE, "SEAL, " + what + ": " + reason + " (status " + status + ")");
    }
  }
}
