package io.dualgrid.auth;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * That a signing key is a site's, said by a certificate authority: "dualgrid certificate 1", the
 * site's name, the Ed25519 key, the validity in seconds since 1970, and the authority's signature
 * of all that. Immutable.
 */
public final class SiteCertificate {
  private static final String KIND = "dualgrid certificate 1";
  private static final int MOST_TEXT = 1024; // bytes
  private static final int MOST_UTF8 = 3; // bytes of a char

  private final String site;
  private final byte[] publicKey;
  private final Instant notBefore;
  private final Instant notAfter;
  private final byte[] signature;

  private SiteCertificate(
      String site, byte[] publicKey, Instant notBefore, Instant notAfter, byte[] signature) {
    this.site = site;
    this.publicKey = publicKey;
    this.notBefore = notBefore;
    this.notAfter = notAfter;
    this.signature = signature;
  }

  static SiteCertificate issue(
      SigningKey authority, String site, byte[] publicKey, Instant notBefore, Instant notAfter) {
    if (site.isEmpty() || site.length() > MOST_TEXT / MOST_UTF8) {
      throw new IllegalArgumentException("a site's name of " + site.length() + " characters");
    }
    byte[] signed = content(site, publicKey, notBefore, notAfter);
    return new SiteCertificate(
        site, publicKey.clone(), notBefore, notAfter, authority.sign(signed));
  }

  private static byte[] content(
      String site, byte[] publicKey, Instant notBefore, Instant notAfter) {
    return new Fields()
        .text(KIND)
        .text(site)
        .raw(publicKey)
        .number(notBefore.getEpochSecond())
        .number(notAfter.getEpochSecond())
        .toBytes();
  }

  /** Name of the site, the same in every run. */
  public String site() {
    return site;
  }

  /** From when on it holds. */
  public Instant notBefore() {
    return notBefore;
  }

  /** Until when it holds. */
  public Instant notAfter() {
    return notAfter;
  }

  /** Whether the owner of the certified key signed a message. */
  boolean verifies(byte[] message, byte[] signed) {
    return SigningKey.verifies(publicKey, message, signed);
  }

  /** Refuses what the authority did not sign. */
  void requireIssuer(byte[] authorityKey) {
    byte[] signed = content(site, publicKey, notBefore, notAfter);
    if (!SigningKey.verifies(authorityKey, signed, signature)) {
      throw new AuthenticationException(
          "the certificate of " + site + " was not issued by the sites' authority, or was changed");
    }
  }

  /** Refuses what is not valid at a time. */
  void requireValid(Instant now) {
    if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
      throw new AuthenticationException(
          "the certificate of " + site + " is valid from " + notBefore + " to " + notAfter);
    }
  }

  /** All of it, see {@link #fromBytes}. */
  public byte[] toBytes() {
    return new Fields().raw(content(site, publicKey, notBefore, notAfter)).raw(signature).toBytes();
  }

  /**
   * Reads what {@link #toBytes} gave. Who issued it is not checked here.
   *
   * @throws AuthenticationException when it is no certificate
   */
  public static SiteCertificate fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      SiteCertificate certificate = read(in);
      if (!in.hasRemaining()) {
        return certificate;
      }
    } catch (BufferUnderflowException e) {
      throw new AuthenticationException("a certificate that is cut off");
    }
    throw new AuthenticationException("a certificate with something behind it");
  }

  static SiteCertificate read(ByteBuffer in) {
    if (!Fields.text(in, MOST_TEXT).equals(KIND)) {
      throw new AuthenticationException("no certificate of this version");
    }
    String site = Fields.text(in, MOST_TEXT);
    byte[] publicKey = Fields.raw(in, SigningKey.PUBLIC_KEY_BYTES);
    Instant notBefore = second(in.getLong());
    Instant notAfter = second(in.getLong());
    return new SiteCertificate(
        site, publicKey, notBefore, notAfter, Fields.raw(in, SigningKey.SIGNATURE_BYTES));
  }

  private static Instant second(long value) {
    if (value < Instant.MIN.getEpochSecond() || value > Instant.MAX.getEpochSecond()) {
      throw new AuthenticationException("a validity beyond all time");
    }
    return Instant.ofEpochSecond(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteCertificate that && Arrays.equals(toBytes(), that.toBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  @Override
  public String toString() {
    return "SiteCertificate[" + site + ", " + notBefore + " to " + notAfter + "]";
  }
}
