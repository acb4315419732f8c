package io.dualgrid.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** The SHA-256 of all that a study is made of: its file, its case, its profiles. */
final class StudyFingerprint {
  private final MessageDigest digest;

  /**
   * Of file and case.
   *
   * @param file as it stands
   * @param gridCase fingerprint of the case
   */
  StudyFingerprint(byte[] file, String gridCase) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    add(file);
    add(gridCase.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds profiles, in an order of their own. */
  void add(DayProfiles profiles) {
    new TreeMap<>(profiles.columns())
        .forEach(
            (key, values) -> {
              add(key.getBytes(StandardCharsets.UTF_8));
              ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES * values.length);
              buffer.asDoubleBuffer().put(values);
              add(buffer.array());
            });
  }

  // lengths come first, so that no two sequences of parts give the same bytes
  private void add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  /** The fingerprint, 64 hexadecimal digits; nothing can be added after. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
