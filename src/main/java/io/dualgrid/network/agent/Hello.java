package io.dualgrid.network.agent;

import io.dualgrid.protocol.Envelope;

/**
 * What a site says first.
 *
 * @param version of the protocol that it speaks
 * @param feeder name of the feeder, as its own file has it
 * @param node id of its node
 */
record Hello(int version, String feeder, int node) {
  static Hello of(String feeder, int node) {
    return new Hello(Envelope.VERSION, feeder, node);
  }
}
