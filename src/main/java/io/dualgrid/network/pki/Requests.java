package io.dualgrid.network.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Keys and requests for certificates (PKCS #10), signed by the key that they are for. */
final class Requests {
  /** RFC 8032; in TLS 1.3 by RFC 8446. */
  static final String SCHEME = "Ed25519";

  private Requests() {}

  /** What a request asks for, once its signature has been checked. */
  record Request(String name, PublicKey key) {}

  static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance(SCHEME).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + SCHEME, e);
    }
  }

  static X500Principal subject(String name) {
    return new X500Principal("CN=" + Names.uri(name).substring(Names.SCHEME.length()));
  }

  static PemObject make(String name, KeyPair pair) {
    try {
      return new PemObject(
          Pem.REQUEST,
          new JcaPKCS10CertificationRequestBuilder(subject(name), pair.getPublic())
              .build(new JcaContentSignerBuilder(SCHEME).build(pair.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException | IOException e) {
      throw new PkiException("cannot make a request for a certificate: " + e.getMessage(), e);
    }
  }

  static Request read(String file, byte[] content) {
    try {
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(content);
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new PkiException(file + ": the request was not signed by the key that it is for");
      }
      return new Request(Names.require(Names.decoded(commonName(request.getSubject()))), key);
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) {
      if (e instanceof PkiException told) {
        throw told;
      }
      throw new PkiException(file + ": is no request for a certificate", e);
    }
  }

  private static String commonName(X500Name subject) {
    ASN1ObjectIdentifier kind = BCStyle.CN;
    return List.of(subject.getRDNs(kind)).stream()
        .map(part -> IETFUtils.valueToString(part.getFirst().getValue()))
        .findFirst()
        .orElseThrow(() -> new PkiException("a request that names nobody"));
  }
}
