package io.dualgrid.auth;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.keys.AgreementKey;
import io.dualgrid.keys.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The public keys of one site in one epoch of a run. CKKS keys, which are large and concern one
 * neighbour each, are here by their SHA-256. Immutable.
 */
public final class KeyBundle {
  private static final String KIND = "dualgrid key bundle 1";
  private static final int MOST_TEXT = 255;
  private static final int RUN_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MOST_LINES = 1 << 20;

  private final byte[] run;
  private final int epoch;
  private final int node;
  private final boolean privateDevices;
  private final byte[] sumKey;
  private final byte[] lineKey;
  private final TreeMap<Integer, byte[]> boundaryKeys;

  private KeyBundle(
      byte[] run,
      int epoch,
      int node,
      boolean privateDevices,
      byte[] sumKey,
      byte[] lineKey,
      TreeMap<Integer, byte[]> boundaryKeys) {
    this.run = run;
    this.epoch = epoch;
    this.node = node;
    this.privateDevices = privateDevices;
    this.sumKey = sumKey;
    this.lineKey = lineKey;
    this.boundaryKeys = boundaryKeys;
  }

  /**
   * The keys of a site.
   *
   * @param run public name of the run, 16 bytes
   * @param epoch of the keys
   * @param node id of the node in the feeder
   * @param privateDevices whether the site counts as company, see {@link Company}
   * @param sumKey X25519 public key for secure sums
   * @param lineKey X25519 public key for {@link LineSecret}s
   * @param boundaryKeys CKKS public key of this end of each line, by the line's index
   */
  public static KeyBundle of(
      byte[] run,
      int epoch,
      int node,
      boolean privateDevices,
      byte[] sumKey,
      byte[] lineKey,
      Map<Integer, PublicKey> boundaryKeys) {
    if (run.length != RUN_BYTES
        || sumKey.length != AgreementKey.PUBLIC_KEY_BYTES
        || lineKey.length != AgreementKey.PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("a run's name has 16 bytes, an X25519 key 32");
    }
    TreeMap<Integer, byte[]> hashes = new TreeMap<>();
    boundaryKeys.forEach((line, key) -> hashes.put(line, Sha256.of(key.toBytes())));
    return new KeyBundle(
        run.clone(), epoch, node, privateDevices, sumKey.clone(), lineKey.clone(), hashes);
  }

  /** Id of the node. */
  public int node() {
    return node;
  }

  /** Whether the site counts as company. */
  public boolean privateDevices() {
    return privateDevices;
  }

  /** X25519 public key for secure sums; a copy. */
  public byte[] sumKey() {
    return sumKey.clone();
  }

  /** X25519 public key for line keys; a copy. */
  public byte[] lineKey() {
    return lineKey.clone();
  }

  /**
   * Reads the site's CKKS key of a line, if it is the one in this bundle.
   *
   * @throws AuthenticationException when it is another
   */
  public PublicKey boundaryKey(int line, byte[] key, CkksParameters parameters) {
    byte[] expected = boundaryKeys.get(line);
    if (expected == null || !MessageDigest.isEqual(expected, Sha256.of(key))) {
      throw new AuthenticationException(
          "the encryption key of node "
              + node
              + " for line "
              + line
              + " is not the one that node signed: somebody swapped it on the way");
    }
    try {
      return PublicKey.fromBytes(key, parameters);
    } catch (CkksException e) {
      throw new AuthenticationException(
          "node " + node + " signed an encryption key that is none: " + e.getMessage(), e);
    }
  }

  /** Refuses a bundle of another run or epoch. */
  void require(byte[] expectedRun, int expectedEpoch) {
    if (!Arrays.equals(run, expectedRun) || epoch != expectedEpoch) {
      throw new AuthenticationException(
          "the keys of node " + node + " are those of another run or epoch: old ones sent again");
    }
  }

  byte[] toBytes() {
    Fields fields =
        new Fields()
            .text(KIND)
            .raw(run)
            .number(epoch)
            .number(node)
            .flag(privateDevices)
            .raw(sumKey)
            .raw(lineKey)
            .number(boundaryKeys.size());
    boundaryKeys.forEach((line, hash) -> fields.number(line).raw(hash));
    return fields.toBytes();
  }

  static KeyBundle read(ByteBuffer in) {
    if (!Fields.text(in, MOST_TEXT).equals(KIND)) {
      throw new AuthenticationException("no bundle of this version");
    }
    byte[] run = Fields.raw(in, RUN_BYTES);
    int epoch = in.getInt();
    int node = in.getInt();
    boolean privateDevices = Fields.flag(in);
    byte[] sumKey = Fields.raw(in, AgreementKey.PUBLIC_KEY_BYTES);
    byte[] lineKey = Fields.raw(in, AgreementKey.PUBLIC_KEY_BYTES);
    TreeMap<Integer, byte[]> hashes = new TreeMap<>();
    int previous = -1;
    for (int left = Fields.count(in, MOST_LINES); left > 0; left--) {
      int line = in.getInt();
      if (line <= previous) {
        throw new AuthenticationException("lines out of order");
      }
      hashes.put(line, Fields.raw(in, HASH_BYTES));
      previous = line;
    }
    return new KeyBundle(run, epoch, node, privateDevices, sumKey, lineKey, hashes);
  }

  @Override
  public String toString() {
    return "KeyBundle[node " + node + ", epoch " + epoch + ", lines " + boundaryKeys.keySet() + "]";
  }
}
