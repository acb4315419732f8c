package io.dualgrid.protocol;

/** How one kind of message becomes bytes, and bytes one kind of message. */
interface Codec<M extends Message> {
  /** Writes the content. */
  void write(M message, WireWriter out);

  /**
   * Reads the content and checks it.
   *
   * @throws ProtocolException when a length or value is none that this message has
   */
  M read(WireReader in);
}
