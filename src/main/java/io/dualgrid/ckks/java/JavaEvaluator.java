package io.dualgrid.ckks.java;

import io.dualgrid.ckks.Evaluator;

/** Sums and weighted sums, residue by residue. */
final class JavaEvaluator extends Evaluator {
  private final RnsRing ring;

  JavaEvaluator(RnsRing ring) {
    super(ring.parameters);
    this.ring = ring;
  }

  @Override
  protected void combine(long[][] terms, long[] weights, long[] result) {
    int degree = ring.degree;
    for (int start = 0; start < result.length; start += degree) {
      Modulus modulus = ring.modulus(start / degree % ring.dataModuli);
      for (int t = 0; t < terms.length; t++) {
        if (weights == null) {
          add(modulus.q, terms[t], result, start, start + degree);
        } else {
          addWeighted(modulus, weights[t], terms[t], result, start, start + degree);
        }
      }
    }
  }

  private static void add(long q, long[] term, long[] result, int from, int to) {
    for (int i = from; i < to; i++) {
      result[i] = Modulus.reduceOnce(result[i] + term[i], q);
    }
  }

  private static void addWeighted(
      Modulus modulus, long weight, long[] term, long[] result, int from, int to) {
    long w = modulus.reduce(weight);
    long wShoup = modulus.shoup(w);
    for (int i = from; i < to; i++) {
      long product = modulus.multiply(term[i], w, wShoup);
      result[i] = Modulus.reduceOnce(result[i] + product, modulus.q);
    }
  }

  @Override
  public void close() {
    // nothing but Java arrays
  }
}
