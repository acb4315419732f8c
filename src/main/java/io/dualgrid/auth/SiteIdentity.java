package io.dualgrid.auth;

/** The long-term key of a site and its certificate. The secret half is not printed. */
public final class SiteIdentity {
  private final SigningKey key;
  private final SiteCertificate certificate;

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
