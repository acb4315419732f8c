package io.dualgrid.operator;

import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The operator's sums of ciphertexts. It has no key. Thread safe. */
final class CkksSum implements CopySum {
  private final Supplier<Evaluator> evaluators;
  private final CkksParameters parameters;
  private final ConcurrentLinkedQueue<Evaluator> idle = new ConcurrentLinkedQueue<>();

  /** Computes with evaluators, of which each thread in use gets one. */
  CkksSum(Supplier<Evaluator> evaluators, CkksParameters parameters) {
    this.evaluators = evaluators;
    this.parameters = parameters;
  }

  @Override
  public Payload combine(
      Payload upstream,
      double upstreamWeight,
      Payload downstream,
      double downstreamWeight,
      IntFunction<Payload.Hidden> room) {
    if (!(upstream instanceof Payload.Hidden up) || !(downstream instanceof Payload.Hidden down)) {
      throw new ProtocolException(
          AbortCode.NOT_AUTHENTIC, "a boundary message in the clear where encryption was agreed");
    }
    Evaluator evaluator = idle.poll();
    if (evaluator == null) {
      evaluator = evaluators.get();
    }
    try {
      if (!parameters.operatorWeights()) {
        Payload.Hidden sum = room.apply(up.length());
        evaluator.sumOfBytes(up.buffer(), down.buffer(), sum.buffer());
        return sum;
      }
      Ciphertext sum =
          evaluator.weightedSum(
              new double[] {upstreamWeight, downstreamWeight},
              Ciphertext.fromBytes(up.buffer(), parameters),
              Ciphertext.fromBytes(down.buffer(), parameters));
      return new Payload.Hidden(sum.sharedBytes());
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
