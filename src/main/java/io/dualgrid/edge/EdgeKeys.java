package io.dualgrid.edge;

import io.dualgrid.auth.KeyBundle;
import io.dualgrid.auth.LineSecret;
import io.dualgrid.auth.LineTags;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.device.Port;
import io.dualgrid.keys.AgreementKey;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.LineSetup;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.securesum.LinePads;
import io.dualgrid.securesum.SecureSumGraph;
import io.dualgrid.securesum.SecureSumKeys;
import io.dualgrid.securesum.SecureSumParty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The keys of one energy system in an epoch: a pair for each line end, a pair for secure sums, a
 * pair for what it shares with its neighbours, and the verified public keys of neighbours and
 * partners.
 */
final class EdgeKeys implements AutoCloseable {
  private final CkksBackend backend;
  private final CkksParameters parameters;
  private final EdgeCredentials credentials;
  private final Welcome welcome;
  private final Membership members;
  private final RunId run;
  private final int epoch;
  private final int node;
  private final Map<Integer, KeyPair> own = new HashMap<>();
  private final Map<Integer, PublicKey> received = new HashMap<>();
  private final SecureSumKeys sumKeys = SecureSumKeys.generate();
  private final AgreementKey lineAgreement = AgreementKey.generate();
  private final KeyBundle bundle;
  private final List<KeyFingerprintView> fingerprints = new ArrayList<>();

  /**
   * Makes all pairs.
   *
   * @param privateDevices whether this site counts as company
   */
  EdgeKeys(
      CkksBackend backend,
      CkksParameters parameters,
      EdgeCredentials credentials,
      Welcome welcome,
      Membership members,
      RunId run,
      int epoch,
      int node,
      boolean privateDevices) {
    this.backend = backend;
    this.parameters = parameters;
    this.credentials = credentials;
    this.welcome = welcome;
    this.members = members;
    this.run = run;
    this.epoch = epoch;
    this.node = node;
    tell(sumName(welcome.index()), SecureSumKeys.fingerprint(sumKeys.publicKey()));
    Map<Integer, PublicKey> boundaryKeys = new HashMap<>();
    for (LineSetup line : welcome.lines()) {
      KeyPair pair = backend.generateKeys(parameters);
      own.put(line.line(), pair);
      boundaryKeys.put(line.line(), pair.publicKey());
      tell(lineName(line, node), pair.publicKey().fingerprint().toString());
    }
    bundle =
        KeyBundle.of(
            run.toBytes(),
            epoch,
            node,
            privateDevices,
            sumKeys.publicKey(),
            lineAgreement.publicKey(),
            boundaryKeys);
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

  /** All public halves, by themselves or by their hash, signed. */
  SiteKeys siteKeys() {
    return new SiteKeys(welcome.index(), credentials.identity().sign(bundle).toBytes());
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

  /** Takes the signed keys of a partner, a neighbour or a witness of company. */
  void accept(SiteKeys message) {
    KeyBundle verified = members.accept(message);
    tell(sumName(message.owner()), SecureSumKeys.fingerprint(verified.sumKey()));
  }

  /** Takes the key of the other end of a line, after the signed keys of its owner. */
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
    PublicKey key = members.neighbour(owner).boundaryKey(message.line(), message.key(), parameters);
    received.put(line.line(), key);
    tell(lineName(line, owner), key.fingerprint().toString());
  }

  /**
   * A line end, which owns the keys of that line from now on.
   *
   * @param now tells the present phase
   */
  LineEnd end(LineSetup line, Port port, Supplier<Moment> now) {
    PublicKey neighbour = received.get(line.line());
    if (neighbour == null) {
      throw new ProtocolException(
          AbortCode.UNEXPECTED,
          "line " + line.line() + ": the run begins without the key of the other end");
    }
    boolean downstream = port.downstream();
    byte[] other = members.neighbour(port.neighbour()).lineKey();
    try (LineSecret secret =
        LineSecret.agree(lineAgreement, other, downstream, run.toBytes(), epoch, line.line())) {
      LineTags tags =
          new LineTags(secret, line.line(), downstream, parameters, 3 * port.active().length);
      BoundaryCodec codec =
          new CkksBoundaryCodec(
              line.line(),
              downstream,
              line.weight(),
              backend,
              own.get(line.line()),
              neighbour,
              tags,
              now);
      // nobody needs the public keys after this, and they are a fifth of what a site would hold
      own.remove(line.line());
      received.remove(line.line());
      byte[] sumKey = secret.sumKey();
      LineMasks masks = LineMasks.of(new LinePads(sumKey), now);
      Arrays.fill(sumKey, (byte) 0);
      return new LineEnd(line.line(), port, codec, masks, line.weight());
    }
  }

  /** This energy system's part of secure sums. */
  SecureSumParty sumParty() {
    List<byte[]> keys = new ArrayList<>(Collections.nCopies(members.parties(), new byte[0]));
    for (int partner : SecureSumGraph.partners(welcome.index(), members.parties())) {
      keys.set(partner, members.required(partner).sumKey());
    }
    return new SecureSumParty(welcome.index(), sumKeys, keys, run.toBytes());
  }

  /**
   * Refuses a sum behind which too few stand.
   *
   * @param halves whether a sum over one half of the depths is asked for
   */
  void requireCompany(boolean halves) {
    members.requireCompany(bundle, halves);
  }

  /** Fingerprints of own and received keys. */
  List<KeyFingerprintView> fingerprints() {
    return List.copyOf(fingerprints);
  }

  @Override
  public void close() {
    own.values().forEach(KeyPair::close);
    sumKeys.close();
    lineAgreement.close();
  }
}
