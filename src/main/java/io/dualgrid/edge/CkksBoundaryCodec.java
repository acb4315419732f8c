package io.dualgrid.edge;

import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import java.util.Arrays;

/**
 * The codec of one line end under CKKS: it encrypts its copy under its own key and under that of
 * the other end, and decrypts the consensus with its own. With parameters that leave the operator
 * no multiplication, it weights its copy first. Used by one thread at a time.
 */
final class CkksBoundaryCodec implements BoundaryCodec {
  private final int line;
  private final boolean downstream;
  private final double weight;
  private final CkksParameters parameters;
  private final KeyPair keys;
  private final PairEncryptor encryptor;
  private final Decryptor decryptor;

  /**
   * Takes ownership of the keys.
   *
   * @param weight of this end's copy
   * @param neighbour public key of the other end
   */
  CkksBoundaryCodec(
      int line,
      boolean downstream,
      double weight,
      CkksBackend backend,
      KeyPair keys,
      PublicKey neighbour) {
    this.line = line;
    this.downstream = downstream;
    this.keys = keys;
    parameters = keys.publicKey().parameters();
    this.weight = parameters.operatorWeights() ? 1.0 : weight;
    encryptor = backend.encryptor(keys.secretKey(), neighbour);
    decryptor = backend.decryptor(keys.secretKey());
  }

  @Override
  public Boundary seal(double[] values) {
    double[] weighted = new double[values.length];
    for (int i = 0; i < weighted.length; i++) {
      weighted[i] = weight * values[i];
    }
    try {
      PairEncryptor.Pair encrypted = encryptor.encrypt(weighted);
      return new Boundary(
          line,
          downstream,
          new Payload.Hidden(encrypted.own().toBytes()),
          new Payload.Hidden(encrypted.other().toBytes()));
    } finally {
      Arrays.fill(weighted, 0.0);
    }
  }

  @Override
  public void open(Consensus message, double[] z) {
    if (!(message.consensus() instanceof Payload.Hidden encrypted)) {
      throw new ProtocolException(
          AbortCode.MALFORMED, "line " + line + ": a consensus in the clear, not encrypted");
    }
    double[] values;
    try {
      values = decryptor.decrypt(Ciphertext.fromBytes(encrypted.bytes(), parameters));
    } catch (CkksException e) {
      throw new CkksException(e.reason(), "line " + line + ": " + e.getMessage(), e);
    }
    if (values.length != z.length) {
      throw new ProtocolException(
          AbortCode.MALFORMED,
          "line " + line + ": a consensus of " + values.length + " values, not " + z.length);
    }
    System.arraycopy(values, 0, z, 0, z.length);
    Arrays.fill(values, 0.0);
  }

  @Override
  public void close() {
    encryptor.close();
    decryptor.close();
    keys.close();
  }
}
