package io.dualgrid.ckks.seal;

import com.sun.jna.Pointer;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksException.Reason;
import io.dualgrid.ckks.Residues;
import io.dualgrid.natives.NativeHandle;
import java.nio.ByteOrder;

/** The library, and what its statuses mean. */
record SealCalls(SealLibrary library) {
  /** Then residues lie in memory as they lie in messages. */
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** Bytes that many values, or residues, take. */
  static long bytes(int count) {
    return (long) count * Long.BYTES;
  }

  /** Copies what the library has computed into a message. */
  static void read(Pointer from, Residues to) {
    if (LITTLE_ENDIAN) {
      from.read(0, to.sharedBytes(), to.offset(), Long.BYTES * to.length());
    } else {
      to.put(from.getLongArray(0, to.length()));
    }
  }

  /** Copies residues of a message to where the library reads them. */
  static void write(Residues from, Pointer to) {
    if (LITTLE_ENDIAN) {
      to.write(0, from.sharedBytes(), from.offset(), Long.BYTES * from.length());
    } else {
      to.write(0, from.toArray(), 0, from.length());
    }
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
