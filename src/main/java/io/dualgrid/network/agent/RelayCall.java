package io.dualgrid.network.agent;

/**
 * From the operator to a relay, before an epoch.
 *
 * @param opening of the epoch, to be told to the sites; null where the relay is asked who is there
 */
record RelayCall(Opening opening) {
  /** Who is there? */
  static final RelayCall ROLL = new RelayCall(null);
}
