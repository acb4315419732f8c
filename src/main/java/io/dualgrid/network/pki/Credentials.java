package io.dualgrid.network.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * With what a process shows who it is, and whom it believes. The secret key is not printed.
 *
 * @param key secret
 * @param certificate of the key
 * @param issuer of the certificate
 * @param trusted authority of those it talks to
 */
public record Credentials(
    PrivateKey key, X509Certificate certificate, X509Certificate issuer, X509Certificate trusted) {

  /** Role of the operator in certificates. */
  public static final String OPERATOR = "operator";

  /** Role of a cloud. */
  public static final String CLOUD = "cloud";

  /** Certificate and issuer, as TLS shows them. */
  public List<X509Certificate> chain() {
    return List.of(certificate, issuer);
  }

  /** When it can show itself no more. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Name in the certificate. */
  public String name() {
    return Names.of(certificate);
  }

  /** The name that stands for a role where TLS asks for a host; no machine has it (RFC 2606). */
  public static String hostOfRole(String role) {
    return role + ".dualgrid.invalid";
  }

  /** The name only. */
  @Override
  public String toString() {
    return "Credentials[" + name() + "]";
  }
}
