package io.dualgrid.protocol;

import java.util.List;

/**
 * Sits on every link of a transport and sees every byte, for audits and for tests that change,
 * repeat, hold back or drop messages on the way. Called on many threads.
 */
public interface MessageTap {
  /** A tap that changes nothing. */
  MessageTap NONE = (way, edge, bytes) -> List.of(bytes);

  /**
   * Bytes on their way.
   *
   * @param edge the edge at one end of the link
   * @return what arrives, in this order
   */
  List<byte[]> pass(Way way, int edge, byte[] bytes);

  /** Which way a message goes. */
  enum Way {
    /** From an edge to the operator. */
    TO_OPERATOR,
    /** From the operator to an edge. */
    FROM_OPERATOR,
    /** From an edge to a cloud. */
    TO_CLOUD,
    /** From a cloud to an edge. */
    FROM_CLOUD
  }
}
