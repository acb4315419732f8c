package io.dualgrid.protocol;

import java.util.List;

/** What carries bytes between the operator and the edges, as the operator sees it. */
public interface Transport {

  /** Number of edges, which are numbered from 0. */
  int edges();

  /** Sends bytes to an edge; returns before they arrive. */
  void send(int edge, byte[] bytes);

  /**
   * Waits until something has arrived.
   *
   * @return what edges have sent, at least one message, those of one edge in their order; empty
   *     when nobody has anything to say before being told more
   */
  List<Arrival> receive();

  /**
   * Bytes that have arrived.
   *
   * @param edge the link they came over
   * @param bytes not to be modified
   */
  record Arrival(int edge, byte[] bytes) {
    /** Link and length. */
    @Override
    public String toString() {
      return "Arrival[edge " + edge + ", " + bytes.length + " bytes]";
    }
  }
}
