package io.dualgrid.edge;

import io.dualgrid.auth.LineTags;
import io.dualgrid.auth.Tag;
import io.dualgrid.ckks.Ciphertext;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.SecretKey;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The codec of one line end under CKKS: it encrypts its copy under its own key and under that of
 * the other end, and decrypts the consensus with its own, once it has found that it is the sum of
 * both copies. With parameters that leave the operator no multiplication, it weights its copy
 * first. Used by one thread at a time.
 */
final class CkksBoundaryCodec implements BoundaryCodec {
  private final int line;
  private final boolean downstream;
  private final double weight; // applied before encryption
  private final double operatorWeight; // of this end's copy in the sum
  private final CkksParameters parameters;
  private final SecretKey key;
  private final PairEncryptor encryptor;
  private final Decryptor decryptor;
  private final LineTags tags;
  private final Supplier<Moment> now;

  /**
   * Takes ownership of the keys.
   *
   * @param weight of this end's copy
   * @param neighbour public key of the other end
   * @param tags of this end; closed with this codec
   * @param now tells the present phase
   */
  CkksBoundaryCodec(
      int line,
      boolean downstream,
      double weight,
      CkksBackend backend,
      KeyPair keys,
      PublicKey neighbour,
      LineTags tags,
      Supplier<Moment> now) {
    this.line = line;
    this.tags = tags;
    this.now = now;
    this.operatorWeight = weight;
    this.downstream = downstream;
    key = keys.secretKey(); // alone: the public half has been sent
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
      Boundary.Rooms rooms =
          Boundary.rooms(
              Ciphertext.lengthOf(parameters, weighted.length),
              new byte[encryptor.seedLength(weighted.length)],
              Tag.bytes(parameters));
      PairEncryptor.Pair encrypted =
          encryptor.encrypt(
              weighted, rooms.own().buffer(), rooms.neighbour().buffer(), rooms.own().seeds());
      Moment moment = now.get();
      Tag tag = tags.tag(moment.round(), moment.transcript(), encrypted.own(), encrypted.other());
      return new Boundary(line, downstream, rooms.own(), rooms.neighbour(), tag.toBytes());
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
      Ciphertext sum = Ciphertext.fromBytes(encrypted.buffer(), parameters);
      if (sum.valueCount() != z.length) {
        throw new ProtocolException(
            AbortCode.MALFORMED,
            "line " + line + ": a consensus of " + sum.valueCount() + " values, not " + z.length);
      }
      // nothing of it is decrypted before this; the other end sends in the phase of the consensus
      Moment moment = now.get();
      tags.check(
          sum,
          Tag.fromBytes(message.tag(), parameters),
          moment.round(),
          moment.transcript(),
          operatorWeight,
          1 - operatorWeight);
      values = decryptor.decrypt(sum);
    } catch (CkksException e) {
      throw new CkksException(e.reason(), "line " + line + ": " + e.getMessage(), e);
    }
    System.arraycopy(values, 0, z, 0, z.length);
    Arrays.fill(values, 0.0);
  }

  @Override
  public void close() {
    encryptor.close();
    decryptor.close();
    key.close();
    tags.close();
  }
}
