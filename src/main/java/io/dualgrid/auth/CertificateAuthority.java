package io.dualgrid.auth;

import java.time.Instant;

/**
 * Certifies the signing keys of sites. It is not the operator's: an operator that could issue
 * certificates could stand in for any site. A simulation makes one for a run; who runs it holds it.
 */
public final class CertificateAuthority {
  private final SigningKey key = SigningKey.generate();

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

  /** What everybody checks certificates against. */
  public TrustAnchor anchor() {
    return new TrustAnchor(key.publicKey());
  }
}
