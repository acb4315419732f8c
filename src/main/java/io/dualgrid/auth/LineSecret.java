package io.dualgrid.auth;

import io.dualgrid.keys.AgreementKey;
import io.dualgrid.keys.Hkdf;
import io.dualgrid.keys.KeyAgreementException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The secret that the two ends of a line share for one epoch: HKDF (RFC 5869) of their X25519
 * secret, with run and epoch as salt and the line and both public keys in the info, so that no two
 * lines, epochs or runs have keys in common. Not printed.
 */
public final class LineSecret implements AutoCloseable {
  private static final byte[] LABEL = "dualgrid line 1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] secret;

  private LineSecret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Agrees with the other end.
   *
   * @param own this site's key pair
   * @param neighbour public key of the other end, from its verified {@link KeyBundle}
   * @param downstream whether this end is the node the line ends in
   * @param run public name of the run
   * @param epoch of the keys
   * @param line index of the line in the feeder
   * @throws AuthenticationException for a key that gives no secret
   */
  public static LineSecret agree(
      AgreementKey own, byte[] neighbour, boolean downstream, byte[] run, int epoch, int line) {
    byte[] shared = null;
    byte[] extracted = null;
    try {
      shared = own.sharedSecret(neighbour);
      byte[] salt = ByteBuffer.allocate(run.length + Integer.BYTES).put(run).putInt(epoch).array();
      extracted = Hkdf.extract(salt, shared);
      byte[] index = ByteBuffer.allocate(Integer.BYTES).putInt(line).array();
      byte[] upper = downstream ? neighbour : own.publicKey();
      byte[] lower = downstream ? own.publicKey() : neighbour;
      return new LineSecret(Hkdf.expand(extracted, Hkdf.HASH_BYTES, LABEL, index, upper, lower));
    } catch (KeyAgreementException e) {
      throw new AuthenticationException(
          "line " + line + ": the neighbour's key gives no secret, since " + e.getMessage(), e);
    } finally {
      wipe(shared);
      wipe(extracted);
    }
  }

  /** What hides sums along the tree: 32 bytes, to be wiped by the caller. */
  public byte[] sumKey() {
    return derive("sum");
  }

  /**
   * Key material for one use.
   *
   * @param use its name
   * @return 32 bytes, to be wiped by the caller
   */
  byte[] derive(String use) {
    return Hkdf.expand(secret, Hkdf.HASH_BYTES, use.getBytes(StandardCharsets.US_ASCII));
  }

  private static void wipe(byte[] bytes) {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Wipes the secret; what was derived stays with its owner. */
  @Override
  public void close() {
    wipe(secret);
  }
}
