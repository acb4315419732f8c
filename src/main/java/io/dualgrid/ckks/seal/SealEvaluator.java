package io.dualgrid.ckks.seal;

import com.sun.jna.Pointer;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.Residues;
import io.dualgrid.natives.NativeBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sums and weighted sums, each in one native call. Ciphertexts are no secret. */
final class SealEvaluator extends Evaluator {
  private final SealContext context;
  private final ConcurrentLinkedQueue<NativeBuffer> idle = new ConcurrentLinkedQueue<>();

  SealEvaluator(SealContext context) {
    super(context.parameters());
    this.context = context;
  }

  @Override
  protected void combine(Residues[] terms, long[] weights, Residues result) {
    NativeBuffer buffer = idle.poll();
    if (buffer == null) {
      buffer = new NativeBuffer("the evaluator");
    }
    try {
      combine(buffer, terms, weights, result);
    } finally {
      idle.add(buffer);
    }
  }

  private void combine(NativeBuffer buffer, Residues[] terms, long[] weights, Residues result) {
    SealCalls calls = context.calls();
    long bytes = SealCalls.bytes(result.length());
    buffer.call(
        0,
        Math.multiplyExact(terms.length + 1, bytes),
        sum -> {
          Pointer operands = sum.share(bytes);
          for (int i = 0; i < terms.length; i++) {
            SealCalls.write(terms[i], operands.share(i * bytes, bytes));
          }
          calls.check(
              context
                  .handle()
                  .call(
                      number ->
                          calls
                              .library()
                              .dualgrid_seal_combine(
                                  number,
                                  operands,
                                  (long) terms.length * result.length(),
                                  weights,
                                  terms.length,
                                  sum,
                                  result.length())),
              "sum");
          SealCalls.read(sum, result);
          return result;
        });
  }

  @Override
  public void close() {
    // the context stays with the backend
    for (NativeBuffer buffer = idle.poll(); buffer != null; buffer = idle.poll()) {
      buffer.close();
    }
  }
}
