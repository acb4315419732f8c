package io.dualgrid.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The outer form of a checkpoint: a header in the clear and the content under AES-256-GCM, with the
 * header as associated data, so that no byte can be changed unnoticed.
 *
 * <pre>
 * offset  bytes  content
 *      0      8  "dualgrid"
 *      8      4  version of the format, big-endian like all numbers
 *     12      8  which key, see {@link CheckpointKey#id}
 *     20     12  nonce, drawn for each checkpoint
 *     32      4  length of the rest
 *     36         ciphertext and tag of 16 bytes
 * </pre>
 *
 * <p>Nothing of the case is in the header: even a hash of it would let guesses be tried out.
 */
final class CheckpointSeal {
  static final int VERSION = 1;
  static final int HEADER_LENGTH = 36;
  private static final byte[] MAGIC = "dualgrid".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private CheckpointSeal() {}

  /** Encrypts a content under a fresh nonce. */
  static byte[] seal(byte[] content, CheckpointKey key) {
    byte[] nonce = new byte[NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    int length = Math.addExact(content.length, TAG_BITS / 8);
    ByteBuffer sealed = ByteBuffer.allocate(Math.addExact(HEADER_LENGTH, length));
    sealed.put(MAGIC).putInt(VERSION).put(key.id()).put(nonce).putInt(length);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
      cipher.updateAAD(sealed.array(), 0, HEADER_LENGTH);
      cipher.doFinal(content, 0, content.length, sealed.array(), HEADER_LENGTH);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /**
   * Decrypts.
   *
   * @param name of the file, for messages
   * @throws CheckpointException when it is not a checkpoint, of another version or under another
   *     key, not whole, or changed
   */
  static byte[] open(byte[] sealed, CheckpointKey key, String name) {
    int known = Math.min(sealed.length, MAGIC.length);
    if (known == 0 || !Arrays.equals(sealed, 0, known, MAGIC, 0, known)) {
      throw new CheckpointException(name + " is not a checkpoint of dualgrid");
    }
    if (sealed.length < HEADER_LENGTH) {
      throw notWhole(name);
    }
    ByteBuffer header = ByteBuffer.wrap(sealed, MAGIC.length, HEADER_LENGTH - MAGIC.length);
    int version = header.getInt();
    if (version != VERSION) {
      throw new CheckpointException(
          name
              + " has format "
              + version
              + ", but this version of dualgrid reads format "
              + VERSION
              + "; resume it with the version that wrote it");
    }
    byte[] id = new byte[CheckpointKey.ID_LENGTH];
    header.get(id);
    if (!MessageDigest.isEqual(id, key.id())) {
      throw new CheckpointException(
          name + " was written under another key; give its own with --checkpoint-key");
    }
    byte[] nonce = new byte[NONCE_LENGTH];
    header.get(nonce);
    int length = header.getInt();
    if (length < TAG_BITS / 8 || length != sealed.length - HEADER_LENGTH) {
      throw notWhole(name);
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce);
      cipher.updateAAD(sealed, 0, HEADER_LENGTH);
      return cipher.doFinal(sealed, HEADER_LENGTH, length);
    } catch (AEADBadTagException e) {
      throw new CheckpointException(
          name + " has been changed or damaged since it was written; it cannot be used", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  private static CheckpointException notWhole(String name) {
    return new CheckpointException(
        name + " is not whole: its length is not the one it should have; it cannot be used");
  }

  private static Cipher cipher(int mode, CheckpointKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
