package io.dualgrid.network.pki;

import io.dualgrid.auth.CertificateAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The authority of a district in a folder of its own, which nobody else reads, the operator least
 * of all: an operator that could issue certificates could stand in for any site. It has two keys:
 * with one it certifies names, with the other the nameless keys that sites show to a cloud.
 */
public final class Authority {
  private static final String KEY = "ca-key.pem";
  private static final String CERTIFICATE = "ca.pem";
  private static final String CLIENTS_KEY = "clients-key.pem";
  private static final String CLIENTS_CERTIFICATE = "clients.pem";
  private static final Duration OWN_VALIDITY = Duration.ofDays(3650);
  private static final Duration SKEW = Duration.ofMinutes(5); // of clocks
  private static final int SERIAL_BITS = 127;

  /**
   * When certificates hold: the same for all that answer a request, to the second that they tell.
   */
  private record Span(Instant from, Instant until) {
    static Span of(Duration validity) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      return new Span(now.minus(SKEW), now.plus(validity));
    }
  }

  private final Path folder;
  private final KeyPair pair;
  private final X509Certificate certificate;
  private final KeyPair clientsPair;
  private final X509Certificate clientsCertificate;

  private Authority(Path folder) {
    this.folder = folder;
    certificate = own(CERTIFICATE);
    pair = pair(KEY, certificate);
    clientsCertificate = own(CLIENTS_CERTIFICATE);
    clientsPair = pair(CLIENTS_KEY, clientsCertificate);
  }

  private X509Certificate own(String name) {
    Path file = folder.resolve(name);
    List<X509Certificate> all =
        Pem.certificates(file, Pem.read(file, "make an authority with: dualgrid ca init"));
    if (all.size() != 1) {
      throw new PkiException(file + ": holds " + all.size() + " certificates, not one");
    }
    return all.get(0);
  }

  private KeyPair pair(String name, X509Certificate own) {
    KeyPair pair =
        new KeyPair(
            own.getPublicKey(),
            Pem.secretKey(folder.resolve(name), "make an authority with: dualgrid ca init"));
    if (!Signatures.belongTogether(pair)) {
      throw new PkiException(
          folder.resolve(name) + ": is not the key of the certificate beside it");
    }
    return pair;
  }

  /**
   * Makes an authority.
   *
   * @param folder must not hold one
   */
  public static Authority init(Path folder) {
    if (Files.exists(folder.resolve(KEY))) {
      throw new PkiException(
          folder.resolve(KEY) + ": is there already; a second authority wants a second folder");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new PkiException("cannot make " + folder + ": " + e.getMessage(), e);
    }
    makeOwn(folder, "dualgrid authority", CERTIFICATE, KEY);
    makeOwn(folder, "dualgrid clients of clouds", CLIENTS_CERTIFICATE, CLIENTS_KEY);
    return open(folder);
  }

  private static void makeOwn(Path folder, String name, String certificate, String key) {
    KeyPair pair = Requests.newKey();
    X500Principal subject = new X500Principal("CN=" + name);
    try {
      X509v3CertificateBuilder builder = builder(subject, subject, pair, Span.of(OWN_VALIDITY));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      Pem.write(folder.resolve(certificate), List.of(signed(builder, pair)));
    } catch (IOException e) {
      throw new PkiException("cannot make a certificate: " + e.getMessage(), e);
    }
    Pem.write(
        folder.resolve(key),
        List.of(new PemObject(Pem.SECRET_KEY, pair.getPrivate().getEncoded())));
  }

  /** Opens the authority in a folder. */
  public static Authority open(Path folder) {
    return new Authority(folder);
  }

  /**
   * Who asks, for the person who signs to compare.
   *
   * @param name of the party
   * @param fingerprint of its key
   */
  public record Asker(String name, String fingerprint) {}

  /**
   * Certifies what a request asks for, and puts the party on the list of those let in.
   *
   * @param request file that the party made
   * @param answer where its certificates go
   * @param validity how long they hold
   */
  public Asker sign(Path request, Path answer, Duration validity) {
    List<byte[]> requests =
        Pem.all(Pem.read(request, "have the party make one with init"), Pem.REQUEST);
    if (requests.isEmpty() || requests.size() > 2) {
      throw new PkiException(request + ": holds " + requests.size() + " requests, not one or two");
    }
    Requests.Request named = Requests.read(request.toString(), requests.get(0));
    boolean site = named.name().startsWith("site/");
    if (named.name().startsWith("client/") || site != (requests.size() == 2)) {
      throw new PkiException(request + ": is not what init makes for " + named.name());
    }
    Span span = Span.of(validity);
    List<PemObject> blocks = new ArrayList<>();
    blocks.add(certify(named, pair, certificate, span));
    blocks.add(encoded(certificate));
    if (site) {
      Requests.Request client = Requests.read(request.toString(), requests.get(1));
      if (!client.name().startsWith("client/")) {
        throw new PkiException(request + ": its second request names " + client.name());
      }
      blocks.add(certify(client, clientsPair, clientsCertificate, span));
      blocks.add(
          new PemObject(
              Pem.SITE_CERTIFICATE,
              new CertificateAuthority(pair)
                  .certify(
                      named.name().substring("site/".length()),
                      named.key(),
                      span.from(),
                      span.until())
                  .toBytes()));
    }
    blocks.add(encoded(clientsCertificate));
    Pem.write(answer, blocks);
    Path list = folder.resolve(AllowList.NAME);
    String fingerprint = Names.fingerprint(named.key());
    AllowList.readOrEmpty(list).with(named.name(), fingerprint).write(list);
    return new Asker(named.name(), fingerprint);
  }

  /** Takes a party off the list of those let in. */
  public void revoke(String name) {
    Path list = folder.resolve(AllowList.NAME);
    AllowList.readOrEmpty(list).without(name).write(list);
  }

  /** The list of those let in, which the operator gets a copy of. */
  public Path allowList() {
    return folder.resolve(AllowList.NAME);
  }

  private static PemObject encoded(X509Certificate certificate) {
    try {
      return new PemObject(Pem.CERTIFICATE, certificate.getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new PkiException("a certificate that cannot be written", e);
    }
  }

  private static PemObject certify(
      Requests.Request request, KeyPair issuer, X509Certificate issuerCertificate, Span span) {
    try {
      X509v3CertificateBuilder builder =
          builder(
              issuerCertificate.getSubjectX500Principal(),
              Requests.subject(request.name()),
              new KeyPair(request.key(), null),
              span);
      String role = Names.role(request.name());
      boolean server = role.equals(Credentials.OPERATOR) || role.equals(Credentials.CLOUD);
      List<GeneralName> names = new ArrayList<>();
      names.add(new GeneralName(GeneralName.uniformResourceIdentifier, Names.uri(request.name())));
      if (server) {
        names.add(new GeneralName(GeneralName.dNSName, Credentials.hostOfRole(role)));
      }
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(purposes(server, request.name())));
      return signed(builder, issuer);
    } catch (IOException e) {
      throw new PkiException("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  /** Machines of one cloud call each other, relays the operator; both serve sites. */
  private static KeyPurposeId[] purposes(boolean server, String name) {
    if (Names.isMemberOfCloud(name) || Names.isRelay(name)) {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    }
    return new KeyPurposeId[] {
      server ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth
    };
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair pair, Span span) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
        Date.from(span.from()),
        Date.from(span.until()),
        subject,
        pair.getPublic());
  }

  private static PemObject signed(X509v3CertificateBuilder builder, KeyPair issuer)
      throws IOException {
    try {
      return new PemObject(
          Pem.CERTIFICATE,
          builder
              .build(new JcaContentSignerBuilder(Requests.SCHEME).build(issuer.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException e) {
      throw new PkiException("cannot sign: " + e.getMessage(), e);
    }
  }
}
