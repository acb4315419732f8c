package io.dualgrid.protocol;

/**
 * A message in its envelope.
 *
 * @param envelope what is written on it
 * @param message what is in it
 */
public record Letter(Envelope envelope, Message message) {
  /** The bytes that go over a transport. */
  public byte[] toBytes() {
    return WireWriter.bytesOf(
        out -> {
          envelope.write(out);
          envelope.type().write(message, out);
        });
  }

  /**
   * What every receiver of a broadcast gets alike: all but the number of the link and of the
   * letter.
   */
  public byte[] common() {
    return WireWriter.bytesOf(
        out -> {
          out.u8(envelope.type().code()).i32(envelope.iteration()).u8(envelope.phase());
          envelope.type().write(message, out);
        });
  }

  /** Whether bytes begin as those of a letter of this version with such a message do. */
  public static boolean begins(byte[] bytes, MessageType type) {
    return bytes.length >= Envelope.BYTES
        && bytes[0] == 0
        && bytes[1] == Envelope.VERSION
        && (bytes[2] & 0xff) == type.code();
  }

  /**
   * Reads what {@link #toBytes} wrote; every length and range is checked.
   *
   * @throws ProtocolException naming what is wrong
   */
  public static Letter fromBytes(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    Envelope envelope = Envelope.read(in);
    try {
      Message message = envelope.type().read(in);
      in.end();
      return new Letter(envelope, message);
    } catch (ProtocolException e) {
      throw new ProtocolException(e.code(), envelope + ": " + e.getMessage(), e);
    }
  }
}
