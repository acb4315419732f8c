package io.dualgrid.auth;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;

/**
 * Certifies the signing keys of sites. It is not the operator's: an operator that could issue
 * certificates could stand in for any site. A simulation makes one for a run; who runs it holds it.
 */
public final class CertificateAuthority {
  private final SigningKey key;
  private final TrustAnchor anchor;

  /** With a new key, for a run. */
  public CertificateAuthority() {
    this(SigningKey.generate());
  }

  /**
   * With a key that outlives runs.
   *
   * @param pair of Ed25519
   * @throws IllegalArgumentException when it is none
   */
  public CertificateAuthority(KeyPair pair) {
    this(SigningKey.of(pair));
  }

  private CertificateAuthority(SigningKey key) {
    this.key = key;
    anchor = new TrustAnchor(key.publicKey());
  }

  /** Computes what all keys share, a fifth of a second in a process just begun. */
  public static void prepare() {
    SigningKey.prepare();
  }

  /**
   * Says that a key is a site's, which made it itself.
   *
   * @param site name of the site, 1 to 341 characters
   * @param siteKey its public key, of Ed25519
   */
  public SiteCertificate certify(
      String site, PublicKey siteKey, Instant notBefore, Instant notAfter) {
    return SiteCertificate.issue(key, site, SigningKey.raw(siteKey), notBefore, notAfter);
  }

  /**
   * A new identity of a site. Real sites make their key themselves and ask for a certificate; here
   * both are made in one place.
   *
   * @param site name of the site, 1 to 341 characters
   */
  public SiteIdentity enrol(String site, Instant notBefore, Instant notAfter) {
    SigningKey siteKey = SigningKey.generate();
    return new SiteIdentity(
        siteKey, SiteCertificate.issue(key, site, siteKey.publicKey(), notBefore, notAfter));
  }

  /**
   * What everybody checks certificates against; one for all who ask, so that in one process each
   * signature is checked once.
   */
  public TrustAnchor anchor() {
    return anchor;
  }
}
