package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's algorithms that secrets rest on give the answers of their standards. */
class PlatformCryptographyTest {
  private static byte[] hex(String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }

  private static byte[] x25519(byte[] scalar, byte[] u) throws GeneralSecurityException {
    byte[] bigEndian = new byte[u.length];
    for (int i = 0; i < u.length; i++) {
      bigEndian[i] = u[u.length - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    KeyFactory factory = KeyFactory.getInstance("X25519");
    PrivateKey secret =
        factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
    PublicKey point =
        factory.generatePublic(
            new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, bigEndian)));
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(secret);
    agreement.doPhase(point, true);
    return agreement.generateSecret();
  }

  /** RFC 7748, section 5.2 (the second point has its top bit set) and both halves of 6.1. */
  @ParameterizedTest
  @CsvSource({
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
        + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
        + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
        + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f,"
        + "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a,"
        + "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
  })
  void x25519AnswersAsRfc7748(String scalar, String point, String product)
      throws GeneralSecurityException {
    assertThat(x25519(hex(scalar), hex(point))).isEqualTo(hex(product));
  }

  /** RFC 7748, section 5.2: what comes out is the next scalar, and the scalar the next point. */
  @Test
  void aThousandRoundsOfX25519AnswerAsRfc7748() throws GeneralSecurityException {
    byte[] scalar = new byte[32];
    scalar[0] = 9;
    byte[] point = scalar.clone();
    for (int i = 0; i < 1000; i++) {
      byte[] next = x25519(scalar, point);
      point = scalar;
      scalar = next;
      if (i == 0) {
        assertThat(scalar)
            .isEqualTo(hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
      }
    }
    assertThat(scalar)
        .isEqualTo(hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
  }

  /** McGrew and Viega, "The Galois/Counter Mode of Operation", 2005: test cases 13, 14 and 16. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "000000000000000000000000, , , 530f8afbc74536b9a963b4f1c4cb738b",
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "000000000000000000000000, , 00000000000000000000000000000000,"
        + "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
    "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,"
        + "cafebabefacedbaddecaf888, feedfacedeadbeeffeedfacedeadbeefabaddad2,"
        + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39,"
        + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b"
  })
  void aesGcmAnswersAsItsAuthorsSay(
      String key, String nonce, String header, String content, String sealed)
      throws GeneralSecurityException {
    byte[] right = gcm(Cipher.ENCRYPT_MODE, key, nonce, header, hex(content));
    assertThat(right).isEqualTo(hex(sealed));
    assertThat(gcm(Cipher.DECRYPT_MODE, key, nonce, header, right)).isEqualTo(hex(content));
    for (int bit = 0; bit < 8 * right.length; bit++) {
      byte[] changed = right.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> gcm(Cipher.DECRYPT_MODE, key, nonce, header, changed))
          .isInstanceOf(AEADBadTagException.class);
    }
  }

  private static byte[] gcm(int mode, String key, String nonce, String header, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(hex(key), "AES"), new GCMParameterSpec(128, hex(nonce)));
    cipher.updateAAD(hex(header));
    return cipher.doFinal(input);
  }
}
