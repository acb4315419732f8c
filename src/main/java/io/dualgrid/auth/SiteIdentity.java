package io.dualgrid.auth;

import java.security.KeyPair;

/** The long-term key of a site and its certificate. The secret half is not printed. */
public final class SiteIdentity {
  private final SigningKey key;
  private final SiteCertificate certificate;

  /**
   * Of a key that was made before.
   *
   * @param pair of Ed25519
   * @param certificate of its public half
   * @throws IllegalArgumentException when they do not belong together
   */
  public static SiteIdentity of(KeyPair pair, SiteCertificate certificate) {
    SigningKey key = SigningKey.of(pair);
    byte[] trial = {2};
    if (!certificate.verifies(trial, key.sign(trial))) {
      throw new IllegalArgumentException(
          "the certificate of " + certificate.site() + " is of another key");
    }
    return new SiteIdentity(key, certificate);
  }

  SiteIdentity(SigningKey key, SiteCertificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** Name of the site. */
  public String site() {
    return certificate.site();
  }

  /** What others know it by. */
  public SiteCertificate certificate() {
    return certificate;
  }

  /** Signs the keys of an epoch. */
  public SignedKeyBundle sign(KeyBundle bundle) {
    return new SignedKeyBundle(bundle, certificate, key.sign(SignedKeyBundle.signed(bundle)));
  }

  @Override
  public String toString() {
    return "SiteIdentity[" + site() + "]";
  }
}
