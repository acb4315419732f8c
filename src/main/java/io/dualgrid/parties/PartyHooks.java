package io.dualgrid.parties;

/**
 * Access to the messages between the parties, for audits and for tests that tamper with them. Sees
 * only what the operator and the cloud see.
 */
public interface PartyHooks {
  /** Hooks that change nothing. */
  PartyHooks NONE = new PartyHooks() {};

  /** The cloud that the energy systems will talk to, given the real one. */
  default CloudService cloud(CloudService cloud) {
    return cloud;
  }

  /** A boundary message on its way to the operator; what is returned arrives. */
  default BoundaryMessage toOperator(BoundaryMessage message) {
    return message;
  }

  /** A consensus message on its way from the operator; what is returned arrives. */
  default ConsensusMessage fromOperator(ConsensusMessage message) {
    return message;
  }

  /**
   * A public key on its way through the operator to the other end of the line; what is returned
   * arrives.
   *
   * @param line index of the line
   * @param fromDownstream whether its owner is the node the line ends in
   */
  default byte[] publicKey(int line, boolean fromDownstream, byte[] key) {
    return key;
  }

  /** The fingerprint of each key of a line end, as its owner would read it out to the other end. */
  default void fingerprint(String lineEnd, String fingerprint) {}
}
