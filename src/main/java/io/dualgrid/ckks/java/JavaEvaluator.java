package io.dualgrid.ckks.java;

import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.Residues;

/** Sums and weighted sums, residue by residue. */
final class JavaEvaluator extends Evaluator {
  private final RnsRing ring;

  JavaEvaluator(RnsRing ring) {
    super(ring.parameters);
    this.ring = ring;
  }

  @Override
  protected void combine(Residues[] terms, long[] weights, Residues result) {
    int degree = ring.degree;
    long[] sum = new long[result.length()];
    for (int t = 0; t < terms.length; t++) {
      long[] term = terms[t].toArray();
      for (int start = 0; start < sum.length; start += degree) {
        Modulus modulus = ring.modulus(start / degree % ring.dataModuli);
        if (weights == null) {
          add(modulus.q, term, sum, start, start + degree);
        } else {
          addWeighted(modulus, weights[t], term, sum, start, start + degree);
        }
      }
    }
    result.put(sum);
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
