package io.dualgrid.run;

import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.edge.LocalProblem;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.qp.QpSettings;
import java.util.Optional;

/** Access to the inside of a run, for audits and tests. */
public interface RunHooks {
  /** Hooks that change nothing. */
  RunHooks NONE = new RunHooks() {};

  /** Sees every message between the parties, and may change what arrives. */
  default MessageTap tap() {
    return MessageTap.NONE;
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

  /**
   * What solves the program of an energy system; benchmarks record what it is asked.
   *
   * @param edge its number
   */
  default LocalProblem localProblem(int edge, LocalProblem usual) {
    return usual;
  }

  /** The day before, at whose prices newton begins; of the same feeder and steps. */
  default Optional<NewtonStart> start() {
    return Optional.empty();
  }

  /**
   * What answers the questions of an energy system to the cloud, such as one elsewhere.
   *
   * @param edge its number
   * @param usual the cloud of this process
   */
  default CloudLink cloud(int edge, CloudLink usual) {
    return usual;
  }

  /** How long an energy system waits for an answer of the cloud. */
  default long cloudDeadlineMillis() {
    return 60_000;
  }
}
