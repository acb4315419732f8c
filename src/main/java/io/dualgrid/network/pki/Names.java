package io.dualgrid.network.pki;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of parties in certificates: a URI among the alternative names, {@code dualgrid:NAME}. A
 * site is {@code site/FEEDER/NODE}; operator and cloud go by their role, each of several machines
 * that are one cloud by {@code cloud/MACHINE}, and a relay by {@code operator/MACHINE}; what a
 * cloud sees of a site is {@code client/} and a random number.
 */
public final class Names {
  static final String SCHEME = "dualgrid:";
  private static final int URI = 6; // of GeneralName, RFC 5280
  private static final Pattern FORM =
      Pattern.compile(
          "(operator|cloud)(/[A-Za-z0-9][A-Za-z0-9-]{0,62})?|client/[0-9a-f]{32}"
              + "|site/[^/\\p{Cntrl}]{1,255}/\\d{1,9}");

  private Names() {}

  /** Name of a site at a node. */
  public static String site(String feeder, int node) {
    return "site/" + feeder + "/" + node;
  }

  /** What a party is: operator, cloud, site or client. */
  public static String role(String name) {
    return name.split("/", 2)[0];
  }

  /** Name of a relay. */
  public static String relay(String machine) {
    return require(Credentials.OPERATOR + "/" + machine);
  }

  /** Whether a party is one of the machines that are a cloud together. */
  public static boolean isMemberOfCloud(String name) {
    return name.startsWith(Credentials.CLOUD + "/");
  }

  /** Whether a party is a relay. */
  public static boolean isRelay(String name) {
    return name.startsWith(Credentials.OPERATOR + "/");
  }

  /** Refuses what is no name. */
  static String require(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new PkiException(
          "'"
              + name
              + "' is no name of a party; use operator, operator/MACHINE, cloud, cloud/MACHINE or site/FEEDER/NODE,"
              + " such as site/6-bus/3");
    }
    return name;
  }

  /** Alternative name of a party, as a URI; signs that URIs do not have are escaped. */
  static String uri(String name) {
    StringBuilder text = new StringBuilder(SCHEME);
    for (byte sign : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (sign & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }

  /**
   * The party that a certificate names.
   *
   * @throws PkiException when it names none
   */
  public static String of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.get(0).equals(URI) && name.get(1).toString().startsWith(SCHEME)) {
          return require(decoded(name.get(1).toString().substring(SCHEME.length())));
        }
      }
    } catch (CertificateParsingException e) {
      throw new PkiException("a certificate that cannot be read: " + e.getMessage(), e);
    }
    throw new PkiException("a certificate that names no party");
  }

  static String decoded(String text) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (int k = 0; k < text.length(); k++) {
      if (text.charAt(k) == '%' && k + 2 < text.length()) {
        bytes.write(HexFormat.fromHexDigits(text, k + 1, k + 3));
        k += 2;
      } else {
        bytes.write(text.charAt(k));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** SHA-256 of a public key in its X.509 form, in hexadecimal: what people compare. */
  public static String fingerprint(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
