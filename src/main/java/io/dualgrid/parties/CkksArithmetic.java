package io.dualgrid.parties;

import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Evaluator;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The operator's sums of ciphertexts. It has no key. Thread safe. */
final class CkksArithmetic implements PayloadArithmetic, AutoCloseable {
  private final CkksBackend backend;
  private final CkksParameters parameters;
  private final ConcurrentLinkedQueue<Evaluator> idle = new ConcurrentLinkedQueue<>();

  CkksArithmetic(CkksBackend backend, CkksParameters parameters) {
    this.backend = backend;
    this.parameters = parameters;
  }

  @Override
  public Payload combine(
      Payload upstream, double upstreamWeight, Payload downstream, double downstreamWeight) {
    if (!(upstream instanceof Payload.Encrypted up)
        || !(downstream instanceof Payload.Encrypted down)) {
      throw new ProtocolException("a boundary message in the clear where encryption was agreed");
    }
    Evaluator evaluator = idle.poll();
    if (evaluator == null) {
      evaluator = backend.evaluator(parameters);
    }
    try {
      if (!parameters.operatorWeights()) {
        return new Payload.Encrypted(evaluator.sumOfBytes(up.bytes(), down.bytes()));
      }
      Ciphertext sum =
          evaluator.weightedSum(
              new double[] {upstreamWeight, downstreamWeight},
              Ciphertext.fromBytes(up.bytes(), parameters),
              Ciphertext.fromBytes(down.bytes(), parameters));
      return new Payload.Encrypted(sum.toBytes());
    } finally {
      idle.add(evaluator);
    }
  }

  @Override
  public void close() {
    idle.forEach(Evaluator::close);
    idle.clear();
  }
}
