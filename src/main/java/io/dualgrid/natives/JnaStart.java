package io.dualgrid.natives;

import com.sun.jna.Native;
import java.io.IOException;

/**
 * Starts JNA, once. JNA brings a native library of its own and unpacks it, if nobody says where,
 * into a folder of its own choice; here it goes where ours go, so that one setting, the temporary
 * folder of the virtual machine, moves them all.
 */
final class JnaStart {
  /** JNA's own setting; whoever sets it knows why, and is left alone. */
  private static final String FOLDER_PROPERTY = "jna.tmpdir";

  private static boolean started;
  private static LinkageError failure;

  private JnaStart() {}

  /**
   * Starts JNA, if nothing has yet.
   *
   * @throws LinkageError the first failure, at every call: what the virtual machine says after the
   *     first is only that there was one
   * @throws IOException when no temporary folder can be made
   */
  static synchronized void require() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (started) {
      return;
    }
    if (System.getProperty(FOLDER_PROPERTY) == null
        && System.getProperty("jna.boot.library.path") == null) {
      System.setProperty(FOLDER_PROPERTY, PrivateDirectory.path().toString());
    }
    try {
      started = Native.POINTER_SIZE > 0;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // JNA throws a plain Error for one of another release that the system has installed
      failure = e instanceof LinkageError linkage ? linkage : new LinkageError(e.getMessage(), e);
      throw failure;
    }
  }
}
