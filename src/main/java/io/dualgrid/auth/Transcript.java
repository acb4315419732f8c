package io.dualgrid.auth;

import io.dualgrid.keys.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * All that the operator has told everybody so far, as one hash: h ← SHA-256(h ‖ length ‖ message).
 * Two parties that were told the same in the same order have the same hash. It goes into the pads
 * of tags ({@link LineTags}), so that neighbours who were told different things refuse each other's
 * tags; a feeder is connected, so nobody can be told something else without a neighbour on whom it
 * shows. One thread at a time.
 */
public final class Transcript {
  private static final byte[] START = "dualgrid transcript 1".getBytes(StandardCharsets.US_ASCII);

  private byte[] hash;

  /**
   * An empty one.
   *
   * @param run public name of the run
   * @param epoch of the keys
   */
  public Transcript(byte[] run, int epoch) {
    hash =
        Sha256.of(
            ByteBuffer.allocate(START.length + Integer.BYTES + run.length)
                .put(START)
                .putInt(epoch)
                .put(run)
                .array());
  }

  /**
   * Takes in a broadcast.
   *
   * @param message the bytes that everybody gets alike: no header that differs by receiver
   */
  public void absorb(byte[] message) {
    hash =
        Sha256.of(
            ByteBuffer.allocate(hash.length + Integer.BYTES + message.length)
                .put(hash)
                .putInt(message.length)
                .put(message)
                .array());
  }

  /** The hash so far, 32 bytes; a copy. */
  public byte[] hash() {
    return hash.clone();
  }
}
