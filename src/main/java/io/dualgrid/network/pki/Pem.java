package io.dualgrid.network.pki;

import io.dualgrid.files.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Files of PEM blocks (RFC 7468), readable by their owner only. */
final class Pem {
  static final String SECRET_KEY = "PRIVATE KEY";
  static final String CERTIFICATE = "CERTIFICATE";
  static final String REQUEST = "CERTIFICATE REQUEST";

  /** What says within runs that a signing key is a site's. */
  static final String SITE_CERTIFICATE = "DUALGRID SITE CERTIFICATE";

  private static final long MOST_BYTES = 1 << 20;

  private Pem() {}

  static void write(Path file, List<PemObject> blocks) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      for (PemObject block : blocks) {
        writer.writeObject(block);
      }
      writer.flush();
      AtomicFiles.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new PkiException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  static List<PemObject> read(Path file, String remedy) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new PkiException(file + ": is too large for keys and certificates; " + remedy);
      }
      List<PemObject> blocks = new ArrayList<>();
      try (PemReader reader =
          new PemReader(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
        PemObject block;
        while ((block = reader.readPemObject()) != null) {
          blocks.add(block);
        }
      }
      return blocks;
    } catch (NoSuchFileException e) {
      throw new PkiException(file + ": there is no such file; " + remedy, e);
    } catch (IOException | IllegalArgumentException e) {
      // what the reader calls malformed base 64 is unchecked
      throw new PkiException(file + ": cannot be read as PEM; " + remedy, e);
    }
  }

  /** The contents of all blocks of a type. */
  static List<byte[]> all(List<PemObject> blocks, String type) {
    return blocks.stream()
        .filter(block -> block.getType().equals(type))
        .map(PemObject::getContent)
        .toList();
  }

  static PrivateKey secretKey(Path file, String remedy) {
    List<byte[]> keys = all(read(file, remedy), SECRET_KEY);
    try {
      if (keys.size() == 1) {
        return KeyFactory.getInstance(Requests.SCHEME)
            .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
      }
    } catch (GeneralSecurityException e) {
      throw new PkiException(file + ": holds no key of " + Requests.SCHEME + "; " + remedy, e);
    }
    throw new PkiException(file + ": holds " + keys.size() + " secret keys, not one; " + remedy);
  }

  static List<X509Certificate> certificates(Path file, List<PemObject> blocks) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> certificates = new ArrayList<>();
      for (byte[] content : all(blocks, CERTIFICATE)) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content)));
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw new PkiException(file + ": holds a certificate that cannot be read", e);
    }
  }
}
