package io.dualgrid.checkpoint;

import io.dualgrid.files.AtomicFiles;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.files.OwnerOnly;
import io.dualgrid.keys.Hmac;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that checkpoints are encrypted under: 256 random bits in a file of their own, as 64
 * hexadecimal digits, which only its owner may read.
 */
public final class CheckpointKey {
  static final int ID_LENGTH = 8;
  private static final int LENGTH = 32;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final SecretKeySpec key;

  private CheckpointKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, "AES");
  }

  /**
   * Reads a key, or draws one and writes it when there is no such file.
   *
   * @throws CheckpointException when it cannot be read or written, or others may read it
   */
  public static CheckpointKey readOrCreate(Path file) {
    if (Files.exists(file)) {
      return read(file);
    }
    byte[] bytes = new byte[LENGTH];
    new SecureRandom().nextBytes(bytes);
    try {
      byte[] text = (HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
      AtomicFiles.replace(file, text);
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot write the key of the checkpoint to " + file + ": " + DiskFailure.reason(e), e);
    }
    return new CheckpointKey(bytes);
  }

  /**
   * Reads a key.
   *
   * @throws CheckpointException when there is none, or others may read it
   */
  public static CheckpointKey read(Path file) {
    try {
      if (OwnerOnly.POSIX) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
          throw new CheckpointException(
              "others than you may read or change the key "
                  + file
                  + "; if it is yours, run: chmod 600 "
                  + file);
        }
      }
      byte[] text = Files.readAllBytes(file);
      String digits = new String(text, StandardCharsets.US_ASCII).strip();
      if (!digits.matches("[0-9a-fA-F]{64}")) {
        throw new CheckpointException(
            file + " is not the key of a checkpoint: it should hold 64 hexadecimal digits");
      }
      return new CheckpointKey(HexFormat.of().parseHex(digits));
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot read the key of the checkpoint from "
              + file
              + ": "
              + DiskFailure.reason(e)
              + "; without it the checkpoint is lost; --checkpoint-key names another place",
          e);
    }
  }

  SecretKey secret() {
    return key;
  }

  /** Tells keys apart without giving anything of them away: HMAC-SHA-256 of a fixed text, cut. */
  byte[] id() {
    byte[] text = "dualgrid checkpoint key".getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(Hmac.sha256(key.getEncoded()).doFinal(text), ID_LENGTH);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "CheckpointKey";
  }
}
