package io.dualgrid.network.pki;

import io.dualgrid.auth.AuthenticationException;
import io.dualgrid.auth.SiteCertificate;
import io.dualgrid.auth.SiteIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A party's own folder: its secret keys, which never leave it, the request that goes to the
 * authority, and the certificates that come back. A site has a second key, with which it shows
 * itself to a cloud as nobody in particular.
 */
public final class PartyFolder {
  /** The request for certificates. */
  public static final String REQUEST = "request.pem";

  /** What the authority has answered. */
  public static final String CERTIFICATE = "certificate.pem";

  private static final String KEY = "key.pem";
  private static final String CLIENT_KEY = "client-key.pem";
  private static final int CLIENT_NAME_BYTES = 16;

  private final Path folder;

  private PartyFolder(Path folder) {
    this.folder = folder;
  }

  /** A folder with keys. */
  public static PartyFolder of(Path folder) {
    return new PartyFolder(folder);
  }

  /**
   * Makes keys and a request.
   *
   * @param name of the party: operator, cloud, cloud/MACHINE or site/FEEDER/NODE
   * @return fingerprint of the new key
   * @throws PkiException when there are keys already
   */
  public static String init(Path folder, String name) {
    Names.require(name);
    if (Files.exists(folder.resolve(KEY))) {
      throw new PkiException(
          folder.resolve(KEY)
              + ": is there already; to get new keys, move it away first, then have the new request"
              + " signed");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new PkiException("cannot make " + folder + ": " + e.getMessage(), e);
    }
    KeyPair pair = Requests.newKey();
    List<PemObject> requests = new ArrayList<>();
    requests.add(Requests.make(name, pair));
    if (name.startsWith("site/")) {
      byte[] random = new byte[CLIENT_NAME_BYTES];
      new SecureRandom().nextBytes(random);
      KeyPair client = Requests.newKey();
      requests.add(Requests.make("client/" + HexFormat.of().formatHex(random), client));
      Pem.write(folder.resolve(CLIENT_KEY), secret(client));
    }
    Pem.write(folder.resolve(REQUEST), requests);
    Pem.write(folder.resolve(KEY), secret(pair));
    return Names.fingerprint(pair.getPublic());
  }

  private static List<PemObject> secret(KeyPair pair) {
    return List.of(new PemObject(Pem.SECRET_KEY, pair.getPrivate().getEncoded()));
  }

  /** The request for certificates. */
  public Path request() {
    return folder.resolve(REQUEST);
  }

  /** Where the authority's answer belongs. */
  public Path certificate() {
    return folder.resolve(CERTIFICATE);
  }

  private List<PemObject> answer() {
    return Pem.read(
        certificate(),
        "have "
            + request()
            + " signed by the authority (dualgrid ca sign) and put its answer there");
  }

  private PrivateKey key(String file) {
    return Pem.secretKey(folder.resolve(file), "make keys with: dualgrid site init, or operator");
  }

  /** With what this party shows itself among those that know its name. */
  public Credentials credentials() {
    return credentials(KEY, 0);
  }

  /** With what a site shows itself to a cloud. */
  public Credentials clientCredentials() {
    Credentials named = credentials();
    Credentials client = credentials(CLIENT_KEY, 2);
    return new Credentials(client.key(), client.certificate(), client.issuer(), named.trusted());
  }

  /** Authority of those that a cloud serves. */
  public X509Certificate clientAuthority() {
    return certificate(1, answer());
  }

  /** When all that the authority has answered holds. */
  public Validity validity() {
    Instant from = Instant.MIN;
    Instant until = Instant.MAX;
    List<PemObject> blocks = answer();
    for (X509Certificate each : Pem.certificates(certificate(), blocks)) {
      from = later(from, each.getNotBefore().toInstant());
      until = earlier(until, each.getNotAfter().toInstant());
    }
    for (byte[] each : Pem.all(blocks, Pem.SITE_CERTIFICATE)) {
      SiteCertificate site = siteCertificate(each);
      from = later(from, site.notBefore());
      until = earlier(until, site.notAfter());
    }
    return new Validity(certificate(), request(), from, until);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private SiteCertificate siteCertificate(byte[] bytes) {
    try {
      return SiteCertificate.fromBytes(bytes);
    } catch (AuthenticationException e) {
      throw new PkiException(certificate() + ": " + e.getMessage(), e);
    }
  }

  private X509Certificate certificate(int fromEnd, List<PemObject> blocks) {
    List<X509Certificate> all = Pem.certificates(certificate(), blocks);
    if (all.size() <= fromEnd) {
      throw new PkiException(certificate() + ": lacks certificates");
    }
    return all.get(all.size() - fromEnd);
  }

  private Credentials credentials(String keyFile, int place) {
    List<PemObject> blocks = answer();
    List<X509Certificate> all = Pem.certificates(certificate(), blocks);
    if (all.size() < place + 2) {
      throw new PkiException(
          certificate() + ": holds " + all.size() + " certificates, fewer than needed");
    }
    PrivateKey key = key(keyFile);
    X509Certificate own = all.get(place);
    requireTogether(keyFile, new KeyPair(own.getPublicKey(), key));
    return new Credentials(key, own, all.get(place + 1), all.get(place + 1));
  }

  private void requireTogether(String keyFile, KeyPair pair) {
    if (!Signatures.belongTogether(pair)) {
      throw new PkiException(
          certificate()
              + ": is not of the key in "
              + folder.resolve(keyFile)
              + "; have "
              + request()
              + " signed and put the answer there");
    }
  }

  /** With what a site signs its keys of a run. */
  public SiteIdentity identity() {
    List<byte[]> certificates = Pem.all(answer(), Pem.SITE_CERTIFICATE);
    if (certificates.size() != 1) {
      throw new PkiException(certificate() + ": is no answer for a site");
    }
    try {
      Credentials own = credentials();
      return SiteIdentity.of(
          new KeyPair(own.certificate().getPublicKey(), own.key()),
          siteCertificate(certificates.get(0)));
    } catch (AuthenticationException | IllegalArgumentException e) {
      throw new PkiException(certificate() + ": " + e.getMessage(), e);
    }
  }

  /** The key of the authority that certifies sites. */
  public PublicKey authority() {
    return credentials().issuer().getPublicKey();
  }
}
