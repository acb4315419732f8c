package io.dualgrid.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What has become of a chain.
 *
 * @param chain its number
 * @param failed whether it could not be run
 * @param content its tables, or why it could not be run, in UTF-8
 */
record StudyReport(int chain, boolean failed, byte[] content) {
  static StudyReport failure(int chain, Throwable why) {
    return new StudyReport(chain, true, String.valueOf(why).getBytes(StandardCharsets.UTF_8));
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(Integer.BYTES + 1 + content.length)
        .putInt(chain)
        .put((byte) (failed ? 1 : 0))
        .put(content)
        .array();
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static StudyReport of(byte[] bytes) {
    if (bytes.length < Integer.BYTES + 1) {
      throw new IllegalArgumentException("no report of a chain: " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int chain = in.getInt();
    boolean failed = in.get() != 0;
    byte[] content = new byte[in.remaining()];
    in.get(content);
    return new StudyReport(chain, failed, content);
  }

  /** Why it failed. */
  String reason() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
