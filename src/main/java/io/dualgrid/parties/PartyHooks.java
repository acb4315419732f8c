package io.dualgrid.parties;

import io.dualgrid.qp.QpSettings;
import io.dualgrid.securesum.SecureSumContribution;

/**
 * Access to the messages between the parties, for audits and for tests that tamper with them. Sees
 * only what the operator and the cloud see, but for the fingerprints that the owners of keys tell.
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

  /**
   * A public key for secure sums on its way through the operator; what is returned arrives.
   *
   * @param owner index of the energy system it belongs to
   * @param receiver index of the one it is for
   */
  default byte[] sumKey(int owner, int receiver, byte[] key) {
    return key;
  }

  /** A contribution to a secure sum on its way to the operator; what is returned arrives. */
  default SecureSumContribution contribution(SecureSumContribution contribution) {
    return contribution;
  }

  /**
   * The fingerprint of a public key, once as its owner reads it out and once as each receiver got
   * it: the same unless somebody swapped keys on the way.
   *
   * @param key whose key, such as "line 0-1, key of node 1"
   * @param holder who tells the fingerprint, such as "node 0"
   */
  default void fingerprint(String key, String holder, String fingerprint) {}

  /** The tolerance of local solves; tests that look for small differences ask for a finer one. */
  default QpSettings localTolerance(QpSettings usual) {
    return usual;
  }
}
