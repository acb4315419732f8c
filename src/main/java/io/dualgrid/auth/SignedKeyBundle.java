package io.dualgrid.auth;

/**
 * A {@link KeyBundle} under the signature of the site it belongs to, with the site's certificate.
 * What is in it is told to nobody before {@link TrustAnchor#verify}.
 */
public final class SignedKeyBundle {
  private static final String KIND = "dualgrid signed keys 1";

  private final KeyBundle bundle;
  private final SiteCertificate certificate;
  private final byte[] signature;

  SignedKeyBundle(KeyBundle bundle, SiteCertificate certificate, byte[] signature) {
    this.bundle = bundle;
    this.certificate = certificate;
    this.signature = signature;
  }

  /** What a site signs. */
  static byte[] signed(KeyBundle bundle) {
    return new Fields().text(KIND).raw(bundle.toBytes()).toBytes();
  }

  KeyBundle unverified() {
    return bundle;
  }

  /**
   * Whether the site says that it has private devices: for the operator, which plans by it. Edges
   * believe it after {@link TrustAnchor#verify} only.
   */
  public boolean claimsPrivateDevices() {
    return bundle.privateDevices();
  }

  SiteCertificate certificate() {
    return certificate;
  }

  boolean signatureHolds() {
    return certificate.verifies(signed(bundle), signature);
  }

  /** As it goes over the wire. */
  public byte[] toBytes() {
    return new Fields().raw(certificate.toBytes()).raw(bundle.toBytes()).raw(signature).toBytes();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws AuthenticationException on bytes that are no bundle
   */
  public static SignedKeyBundle fromBytes(byte[] bytes) {
    return Fields.whole(
        bytes,
        "a signed key bundle",
        in -> {
          SiteCertificate certificate = SiteCertificate.read(in);
          KeyBundle bundle = KeyBundle.read(in);
          return new SignedKeyBundle(
              bundle, certificate, Fields.raw(in, SigningKey.SIGNATURE_BYTES));
        });
  }

  @Override
  public String toString() {
    return "SignedKeyBundle[" + certificate.site() + "]";
  }
}
