package io.dualgrid.ckks;

import io.dualgrid.ckks.CkksException.Reason;
import java.nio.ByteBuffer;

/** Computes on ciphertexts of one key without any key. Thread safe. */
public abstract class Evaluator implements AutoCloseable {
  private final CkksParameters parameters;

  /** For backends. */
  protected Evaluator(CkksParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * The sum, at the scale of its terms.
   *
   * @param terms at least one, of one key, scale and number of values
   * @throws CkksException {@link Reason#FOREIGN_PARAMETERS}, {@link Reason#MISMATCHED_OPERANDS},
   *     {@link Reason#TOO_MANY_TERMS}
   */
  public final Ciphertext sum(Ciphertext... terms) {
    Ciphertext first = checkOperands(terms);
    long total = 0;
    for (Ciphertext term : terms) {
      total += term.terms();
    }
    return compute(terms, null, first.log2Scale(), total);
  }

  /**
   * The sum of two ciphertexts, each what remains in a part of an array, as their senders wrote
   * them, as its receiver reads it: the same as {@link Ciphertext#fromBytes} of both, {@link #sum}
   * and {@link Ciphertext#toBytes}, refusals included, in one pass over the bytes.
   *
   * @param sum what remains in a part of an array, as long as either; overwritten
   * @throws CkksException as all three throw it
   */
  public final void sumOfBytes(ByteBuffer first, ByteBuffer second, ByteBuffer sum) {
    WireFormat.Header left =
        WireFormat.readBeginning(first, parameters, WireFormat.KIND_CIPHERTEXT);
    WireFormat.Header right =
        WireFormat.readBeginning(second, parameters, WireFormat.KIND_CIPHERTEXT);
    int terms = left.terms() + right.terms();
    boolean alike =
        left.keyId() == right.keyId()
            && left.log2Scale() == right.log2Scale()
            && left.valueCount() == right.valueCount();
    if (alike && terms <= parameters.maxTerms()) {
      WireFormat.Header header =
          new WireFormat.Header(
              left.kind(), left.keyId(), left.log2Scale(), left.valueCount(), terms);
      if (WireSum.add(first, second, header, parameters, sum)) {
        return;
      }
    }
    // something is wrong with them; this way says what
    Ciphertext read =
        sum(Ciphertext.fromBytes(first, parameters), Ciphertext.fromBytes(second, parameters));
    sum.duplicate().put(read.sharedBytes());
  }

  /**
   * Σ weight · ciphertext, each weight rounded to a multiple of 2^−{@link
   * CkksParameters#log2WeightScale()}; the scale grows by that factor.
   *
   * @param weights as many as terms; finite, none of which rounds to zero
   * @param terms at least one, fresh or sums of fresh ones, of one key and number of values
   * @throws CkksException as for {@link #sum}; {@link Reason#UNSUPPORTED_BY_PARAMETERS} when the
   *     parameters have no room for weights, or the terms are weighted already
   */
  public final Ciphertext weightedSum(double[] weights, Ciphertext... terms) {
    Ciphertext first = checkOperands(terms);
    if (weights.length != terms.length) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + terms.length + " ciphertexts");
    }
    if (!parameters.operatorWeights() || first.log2Scale() != parameters.log2Scale()) {
      throw new CkksException(
          Reason.UNSUPPORTED_BY_PARAMETERS,
          "no modulus left to multiply by a weight under "
              + parameters
              + ": weight the values before they are encrypted");
    }
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      total += Math.abs(weights[i]) * terms[i].terms();
    }
    if (!(total <= parameters.maxTerms())) {
      throw tooMany(total); // NaN too
    }
    double scale = Math.scalb(1.0, parameters.log2WeightScale());
    long[] scaled = new long[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = Math.round(weights[i] * scale);
      if (scaled[i] == 0) {
        throw new IllegalArgumentException("weight " + i + " is " + weights[i] + ": leave it out");
      }
    }
    return compute(
        terms, scaled, first.log2Scale() + parameters.log2WeightScale(), (long) Math.ceil(total));
  }

  private Ciphertext compute(Ciphertext[] terms, long[] weights, int log2Scale, long total) {
    if (total > parameters.maxTerms()) {
      throw tooMany(total);
    }
    Residues[] operands = new Residues[terms.length];
    for (int i = 0; i < terms.length; i++) {
      operands[i] = terms[i].sharedResidues();
    }
    int values = terms[0].valueCount();
    ByteBuffer room = Ciphertext.room(parameters, values);
    Ciphertext.Draft sum =
        new Ciphertext.Draft(parameters, terms[0].keyId(), log2Scale, values, (int) total, room);
    combine(operands, weights, sum.residues());
    return sum.done();
  }

  private CkksException tooMany(double total) {
    return new CkksException(
        Reason.TOO_MANY_TERMS,
        "a sum of weight " + total + "; the modulus has room for " + parameters.maxTerms());
  }

  private Ciphertext checkOperands(Ciphertext[] terms) {
    if (terms.length == 0) {
      throw new IllegalArgumentException("nothing to sum");
    }
    Ciphertext first = terms[0];
    for (int i = 0; i < terms.length; i++) {
      if (terms[i].parameters().id() != parameters.id()) {
        throw new CkksException(
            Reason.FOREIGN_PARAMETERS,
            "term " + i + " was made under " + terms[i].parameters() + ", expected " + parameters);
      }
      if (terms[i].keyId() != first.keyId()
          || terms[i].log2Scale() != first.log2Scale()
          || terms[i].valueCount() != first.valueCount()) {
        throw new CkksException(
            Reason.MISMATCHED_OPERANDS,
            "term " + i + " " + terms[i] + " does not go with term 0 " + first);
      }
    }
    return first;
  }

  /**
   * result = Σ weight · term, residue by residue.
   *
   * @param terms each chunks · {@link CkksParameters#ciphertextLength()}; not modified
   * @param weights one signed integer for each term, or null for a plain sum
   * @param result as long as a term; overwritten
   */
  protected abstract void combine(Residues[] terms, long[] weights, Residues result);

  /** Frees memory; a second call does nothing. */
  @Override
  public abstract void close();
}
