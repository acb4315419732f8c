package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.keys.AgreementKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SignedKeyBundleTest {
  private static final byte[] RUN = new byte[16];
  private static final int NODE = 3;
  private static final int LINE = 2;
  private static final String SITE = "feeder/3";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CkksParameters COMPACT = CkksParameters.compact();
  private static final KeyPair BOUNDARY = CkksBackends.byName("java").generateKeys(COMPACT);
  private static final KeyPair OPERATORS = CkksBackends.byName("java").generateKeys(COMPACT);
  private static final byte[] SUM_KEY = AgreementKey.generate().publicKey();
  private static final byte[] LINE_KEY = AgreementKey.generate().publicKey();

  private final CertificateAuthority authority = new CertificateAuthority();
  private final SiteIdentity site = enrol(authority, SITE);

  @AfterAll
  static void wipe() {
    BOUNDARY.close();
    OPERATORS.close();
  }

  private static SiteIdentity enrol(CertificateAuthority by, String name) {
    return by.enrol(name, NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)));
  }

  private static KeyBundle bundle(int epoch, int node, KeyPair boundary) {
    return KeyBundle.of(
        RUN, epoch, node, true, SUM_KEY, LINE_KEY, Map.of(LINE, boundary.publicKey()));
  }

  private KeyBundle verify(SignedKeyBundle signed) {
    return authority.anchor().verify(signed, SITE, NODE, RUN, 1, NOW);
  }

  private void assertRefused(SignedKeyBundle signed, String... words) {
    assertThatThrownBy(() -> verify(signed))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatASiteSignedArrives() {
    SignedKeyBundle signed = site.sign(bundle(1, NODE, BOUNDARY));
    KeyBundle arrived = verify(SignedKeyBundle.fromBytes(signed.toBytes()));
    assertThat(arrived.node()).isEqualTo(NODE);
    assertThat(arrived.privateDevices()).isTrue();
    assertThat(arrived.sumKey()).isEqualTo(SUM_KEY);
    assertThat(arrived.lineKey()).isEqualTo(LINE_KEY);
    byte[] key = BOUNDARY.publicKey().toBytes();
    assertThat(arrived.boundaryKey(LINE, key, COMPACT).fingerprint())
        .isEqualTo(BOUNDARY.publicKey().fingerprint());
  }

  @Test
  void aSwappedEncryptionKeyIsRefusedByTheNameOfNodeAndLine() {
    KeyBundle arrived = verify(site.sign(bundle(1, NODE, BOUNDARY)));
    assertThatThrownBy(() -> arrived.boundaryKey(LINE, OPERATORS.publicKey().toBytes(), COMPACT))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContainingAll("node " + NODE, "line " + LINE, "swapped");
    // the right key, but of a line for which none was signed
    assertThatThrownBy(() -> arrived.boundaryKey(LINE + 1, BOUNDARY.publicKey().toBytes(), COMPACT))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("line " + (LINE + 1));
  }

  @Test
  void keysSignedByAnybodyElseAreRefused() {
    // the operator has an authority of its own, and may be a site itself
    assertRefused(
        enrol(new CertificateAuthority(), SITE).sign(bundle(1, NODE, OPERATORS)),
        SITE,
        "not issued by the sites' authority");
    assertRefused(enrol(authority, "feeder/4").sign(bundle(1, NODE, OPERATORS)), SITE, "feeder/4");
    // the victim's certificate, the operator's signature
    SignedKeyBundle others = enrol(authority, "x").sign(bundle(1, NODE, OPERATORS));
    byte[] forged = site.sign(bundle(1, NODE, OPERATORS)).toBytes();
    byte[] donor = others.toBytes();
    System.arraycopy(donor, donor.length - 64, forged, forged.length - 64, 64);
    assertRefused(SignedKeyBundle.fromBytes(forged), SITE, "not those it signed");
  }

  @Test
  void keysOfAnotherEpochRunOrNodeAreRefused() {
    assertRefused(site.sign(bundle(2, NODE, BOUNDARY)), "node " + NODE, "another run or epoch");
    KeyBundle otherRun =
        KeyBundle.of(
            "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            1,
            NODE,
            true,
            SUM_KEY,
            LINE_KEY,
            Map.of());
    assertRefused(site.sign(otherRun), "another run or epoch");
    assertRefused(site.sign(bundle(1, 7, BOUNDARY)), SITE, "node 7");
  }

  @Test
  void certificatesOutOfTheirTimeAreRefused() {
    SignedKeyBundle signed = site.sign(bundle(1, NODE, BOUNDARY));
    verify(signed);
    // verified before, but now it is too late
    for (Instant when : new Instant[] {NOW.minusSeconds(3601), NOW.plusSeconds(3601)}) {
      assertThatThrownBy(() -> authority.anchor().verify(signed, SITE, NODE, RUN, 1, when))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContainingAll(SITE, "valid from");
    }
  }

  /** Each byte of certificate, keys, flag and signature, changed in one bit. */
  @Test
  void everyChangedByteIsRefused() {
    byte[] honest = site.sign(bundle(1, NODE, BOUNDARY)).toBytes();
    TrustAnchor anchor = authority.anchor();
    anchor.verify(SignedKeyBundle.fromBytes(honest), SITE, NODE, RUN, 1, NOW);
    for (int i = 0; i < honest.length; i++) {
      byte[] changed = honest.clone();
      changed[i] ^= 1;
      assertThatThrownBy(
              () -> anchor.verify(SignedKeyBundle.fromBytes(changed), SITE, NODE, RUN, 1, NOW))
          .as("byte " + i)
          .isInstanceOf(AuthenticationException.class);
    }
    for (int length = 0; length < honest.length; length++) {
      byte[] cut = Arrays.copyOf(honest, length);
      assertThatThrownBy(() -> SignedKeyBundle.fromBytes(cut))
          .isInstanceOf(AuthenticationException.class);
    }
    assertThatThrownBy(() -> SignedKeyBundle.fromBytes(Arrays.copyOf(honest, honest.length + 1)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("too many");
  }

  @Test
  void nothingSecretIsPrinted() {
    assertThat(site.toString()).isEqualTo("SiteIdentity[" + SITE + "]");
    assertThat(site.sign(bundle(1, NODE, BOUNDARY)).toString())
        .isEqualTo("SignedKeyBundle[" + SITE + "]");
  }
}
