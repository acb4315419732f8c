package io.dualgrid.ckks.seal;

import io.dualgrid.ckks.Evaluator;

/** Sums and weighted sums by SEAL, each in one native call. */
final class SealEvaluator extends Evaluator {
  private final SealContext context;

  /** The operands one after the other, as the library takes them; a thread's own, kept. */
  private final ThreadLocal<long[]> operands = ThreadLocal.withInitial(() -> new long[0]);

  SealEvaluator(SealContext context) {
    super(context.parameters());
    this.context = context;
  }

  @Override
  protected void combine(long[][] terms, long[] weights, long[] result) {
    int length = Math.multiplyExact(terms.length, result.length);
    long[] flat = operands(length);
    for (int i = 0; i < terms.length; i++) {
      System.arraycopy(terms[i], 0, flat, i * result.length, result.length);
    }
    SealCalls calls = context.calls();
    calls.check(
        context
            .handle()
            .call(
                number ->
                    calls
                        .library()
                        .dualgrid_seal_combine(
                            number, flat, length, weights, terms.length, result, result.length)),
        "sum");
  }

  private long[] operands(int length) {
    long[] kept = operands.get();
    if (kept.length != length) {
      kept = new long[length];
      operands.set(kept);
    }
    return kept;
  }

  @Override
  public void close() {
    // the context stays with the backend; ciphertexts are no secret
    operands.remove();
  }
}
