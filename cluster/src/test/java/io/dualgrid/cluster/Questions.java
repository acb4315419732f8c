package io.dualgrid.cluster;

import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.RunId;
import java.util.Random;

/** Questions of a made-up site. */
final class Questions {
  private Questions() {}

  static byte[] of(Message message, long sequence) {
    return new Letter(new Envelope(message.type(), new RunId(1, 2), 1, 0, 0, 5, sequence), message)
        .toBytes();
  }

  /** Minimise ½ yᵀ(I + vvᵀ)y + cᵀy, −1 ≤ y ≤ 1, v from a seed. */
  static MaskedProgram program(long mask, int dimension) {
    Random random = new Random(mask);
    double[] v = random.doubles(dimension).toArray();
    double[] quadratic = new double[dimension * dimension];
    double[] rows = new double[dimension * dimension];
    double[] lower = new double[dimension];
    double[] upper = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        quadratic[i * dimension + j] = v[i] * v[j] + (i == j ? 1 : 0);
      }
      rows[i * dimension + i] = 1;
      lower[i] = -1;
      upper[i] = 1;
    }
    return new MaskedProgram(
        mask,
        600,
        dimension,
        quadratic,
        rows,
        lower,
        upper,
        new double[dimension],
        new double[dimension]);
  }

  static MaskedTerm term(long mask, int number, int dimension) {
    double[] linear =
        new Random(31 * mask + number).doubles(dimension).map(value -> 6 * value - 3).toArray();
    return new MaskedTerm(mask, number, linear);
  }
}
