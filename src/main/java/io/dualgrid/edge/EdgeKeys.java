package io.dualgrid.edge;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.device.Port;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.LineSetup;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.SumKey;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of one energy system in an epoch: a pair for each line end, a pair for secure sums, and
 * what it was given as the public keys of its neighbours and partners.
 */
final class EdgeKeys implements AutoCloseable {
  private final CkksBackend backend;
  private final CkksParameters parameters;
  private final Welcome welcome;
  private final int node;
  private final Map<Integer, KeyPair> own = new HashMap<>();
  private final Map<Integer, PublicKey> received = new HashMap<>();
  private final SecureSumKeys sumKeys = SecureSumKeys.generate();
  private final List<byte[]> sumKeysReceived;
  private final List<KeyFingerprintView> fingerprints = new ArrayList<>();

  /** Makes all pairs. */
  EdgeKeys(CkksBackend backend, CkksParameters parameters, Welcome welcome, int node) {
    this.backend = backend;
    this.parameters = parameters;
    this.welcome = welcome;
    this.node = node;
    sumKeysReceived = new ArrayList<>(Collections.nCopies(welcome.parties(), sumKeys.publicKey()));
    tell(sumName(welcome.index()), SecureSumKeys.fingerprint(sumKeys.publicKey()));
    for (LineSetup line : welcome.lines()) {
      KeyPair pair = backend.generateKeys(parameters);
      own.put(line.line(), pair);
      tell(lineName(line, node), pair.publicKey().fingerprint().toString());
    }
  }

  private static String lineName(LineSetup line, int owner) {
    return "line " + line.from() + "-" + line.to() + ", key of node " + owner;
  }

  private static String sumName(int owner) {
    return "secure sums, key of energy system " + owner;
  }

  private void tell(String key, String fingerprint) {
    fingerprints.add(new KeyFingerprintView(key, "node " + node, fingerprint));
  }

  /** The public half for secure sums. */
  SumKey sumKey() {
    return new SumKey(welcome.index(), sumKeys.publicKey());
  }

  /** The public halves of the line ends. */
  List<LineKey> lineKeys() {
    return welcome.lines().stream()
        .map(
            line ->
                new LineKey(
                    line.line(), line.to() == node, own.get(line.line()).publicKey().toBytes()))
        .toList();
  }

  /** Takes the key of a partner in secure sums. */
  void accept(SumKey message) {
    int owner = message.owner();
    if (owner >= welcome.parties() || owner == welcome.index()) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "a key for secure sums of energy system " + owner);
    }
    sumKeysReceived.set(owner, message.key());
    tell(sumName(owner), SecureSumKeys.fingerprint(message.key()));
  }

  /** Takes the key of the other end of a line. */
  void accept(LineKey message) {
    LineSetup line =
        welcome.lines().stream()
            .filter(setup -> setup.line() == message.line())
            .findFirst()
            .orElseThrow(
                () ->
                    new ProtocolException(AbortCode.UNEXPECTED, "a key of line " + message.line()));
    int owner = message.fromDownstream() ? line.to() : line.from();
    if (owner == node) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED, "a key for node " + node + " itself, of line " + message.line());
    }
    try {
      PublicKey key = PublicKey.fromBytes(message.key(), parameters);
      received.put(line.line(), key);
      tell(lineName(line, owner), key.fingerprint().toString());
    } catch (CkksException e) {
      throw new CkksException(
          e.reason(), "public key of line " + line.line() + ": " + e.getMessage(), e);
    }
  }

  /** The codec of a line end, which owns the keys of that line from now on. */
  BoundaryCodec codec(LineSetup line, Port port) {
    PublicKey neighbour = received.get(line.line());
    if (neighbour == null) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          "line " + line.line() + ": the run begins without the key of the other end");
    }
    return new CkksBoundaryCodec(
        line.line(), port.downstream(), line.weight(), backend, own.get(line.line()), neighbour);
  }

  /** This energy system's part of secure sums. */
  SecureSumParty sumParty(RunId run) {
    return new SecureSumParty(welcome.index(), sumKeys, sumKeysReceived, run.toBytes());
  }

  /** Fingerprints of own and received keys. */
  List<KeyFingerprintView> fingerprints() {
    return List.copyOf(fingerprints);
  }

  @Override
  public void close() {
    own.values().forEach(KeyPair::close);
  }
}
