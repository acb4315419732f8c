package io.dualgrid.run;

import io.dualgrid.ckks.seal.SealCkksBackend;
import io.dualgrid.qp.osqp.OsqpSolverFactory;
import java.util.stream.Stream;

/**
 * The backends of this round of the tests: native ones in the round with native libraries, and
 * those in Java in the round without, so that each is tried once. Tests of these run in both.
 */
final class RoundBackends {
  private RoundBackends() {}

  /** SEAL, or the one in Java. */
  static Stream<String> ckks() {
    return Stream.of(new SealCkksBackend().status().available() ? "seal" : "java");
  }

  /** OSQP, or the solver in Java. */
  static String osqp() {
    return new OsqpSolverFactory().status().available() ? "osqp" : "java";
  }
}
