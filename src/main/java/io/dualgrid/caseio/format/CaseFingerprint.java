package io.dualgrid.caseio.format;

import io.dualgrid.site.GridCase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The SHA-256 of all that a case says, however its files are laid out: the same for two cases that
 * are alike in every figure and name. Whoever knows a case but for one figure can find that figure
 * by trying, so the fingerprint is as private as the case.
 */
public final class CaseFingerprint {
  private CaseFingerprint() {}

  /** The fingerprint, 64 hexadecimal digits. */
  public static String of(GridCase gridCase) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, CaseWriter.json(gridCase));
      for (Map.Entry<String, Map<String, double[]>> file :
          CaseWriter.columns(gridCase).entrySet()) {
        add(digest, file.getKey());
        for (Map.Entry<String, double[]> column : file.getValue().entrySet()) {
          add(digest, column.getKey());
          add(digest, column.getValue());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  // lengths come first, so that no two sequences of texts and columns give the same bytes
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + Double.BYTES * values.length);
    buffer.putInt(values.length);
    buffer.asDoubleBuffer().put(values);
    digest.update(buffer.array());
  }
}
