package io.dualgrid.protocol;

/** Questions to a cloud, for who hands them on and need not read a whole program for it. */
public final class CloudQuestion {
  private CloudQuestion() {}

  /**
   * Number of the mask that a question is about.
   *
   * @throws ProtocolException when the bytes are no question to a cloud
   */
  public static long maskOf(byte[] request) {
    WireReader in = new WireReader(request);
    Envelope envelope = Envelope.read(in);
    return switch (envelope.type()) {
      case MASKED_PROGRAM, MASKED_TERM, RELEASE_MASK -> in.i64(); // comes first in each of them
      default ->
          throw new ProtocolException(
              AbortCode.UNEXPECTED, envelope.type() + " is nothing to ask a cloud");
    };
  }
}
