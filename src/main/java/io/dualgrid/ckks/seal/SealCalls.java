package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksException.Reason;
import io.dualgrid.natives.NativeHandle;

/** The library, and what its statuses mean. */
record SealCalls(SealLibrary library) {

  /** Bytes that many values, or residues, take. */
  static long bytes(int count) {
    return (long) count * Long.BYTES;
  }

  /**
   * Takes ownership of a number that the library has given out.
   *
   * @param what it stands for, for messages
   */
  NativeHandle<Long> own(long number, String what) {
    SealLibrary freeing = library;
    return NativeHandle.shared("the " + what, number, freeing::dualgrid_seal_free);
  }

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
