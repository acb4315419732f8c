package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementKeyTest {
  @Test
  void bothSidesGetTheSameSecretAndAThirdAnother() {
    AgreementKey a = AgreementKey.generate();
    AgreementKey b = AgreementKey.generate();
    AgreementKey c = AgreementKey.generate();
    assertThat(a.sharedSecret(b.publicKey())).isEqualTo(b.sharedSecret(a.publicKey()));
    assertThat(c.sharedSecret(a.publicKey())).isNotEqualTo(b.sharedSecret(a.publicKey()));
    assertThat(a.toString()).doesNotContain(HexFormat.of().formatHex(a.publicKey()));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] product(byte[] scalar, byte[] point) {
    try (AgreementKey key = AgreementKey.ofKnown(scalar)) {
      return key.sharedSecret(point);
    }
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
  void agreesAsRfc7748(String scalar, String point, String product) {
    assertThat(product(hex(scalar), hex(point))).isEqualTo(hex(product));
  }

  /** RFC 7748, section 6.1: both public keys, which come of other arithmetic than secrets do. */
  @ParameterizedTest
  @CsvSource({
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
        + "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb,"
        + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
  })
  void hasThePublicKeyOfRfc7748(String scalar, String publicKey) {
    assertThat(AgreementKey.ofKnown(hex(scalar)).publicKey()).isEqualTo(hex(publicKey));
  }

  /** RFC 7748, section 5.2: what comes out is the next scalar, and the scalar the next point. */
  @Test
  void aThousandRoundsAnswerAsRfc7748() {
    byte[] scalar = new byte[32];
    scalar[0] = 9;
    byte[] point = scalar.clone();
    for (int i = 0; i < 1000; i++) {
      byte[] next = product(scalar, point);
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

  /**
   * The platform's X25519 is somebody else's: random points are on the curve and on its twist in
   * equal parts; those beyond p = 2^255 - 19, and those one or two bits from 0, from p or from
   * 2^255, are where carries go wrong.
   */
  @Test
  void answersAsThePlatformDoes() throws GeneralSecurityException {
    Random random = new Random(25519);
    for (int i = 0; i < 100; i++) {
      byte[] scalar = new byte[32];
      byte[] point = new byte[32];
      random.nextBytes(scalar);
      if (i < 30) {
        random.nextBytes(point);
      } else {
        Arrays.fill(point, (byte) (i % 2 == 0 ? 0 : 0xff));
        point[31] &= (byte) (i % 3 == 0 ? 0xff : 0x7f);
        point[0] ^= (byte) (i < 60 ? 2 + i : 0);
        point[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        point[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] platform = ofThePlatform(scalar, point);
      if (platform == null) {
        assertThatThrownBy(() -> product(scalar, point)).isInstanceOf(KeyAgreementException.class);
      } else {
        assertThat(product(scalar, point)).isEqualTo(platform);
      }
    }
  }

  /** Null where the platform refuses the point. */
  private static byte[] ofThePlatform(byte[] scalar, byte[] u) throws GeneralSecurityException {
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
    try {
      agreement.doPhase(point, true);
      return agreement.generateSecret();
    } catch (InvalidKeyException e) {
      return null;
    }
  }

  /**
   * The points of order 1, 2, 4 and 8 (Bernstein, "Curve25519", 2006): all secrets are zero. So are
   * those of p and p + 1, which stand for 0 and 1, and of each with its top bit set.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void pointsOfSmallOrderAreRefused(String point) {
    byte[] bytes = hex(point);
    AgreementKey key = AgreementKey.generate();
    assertThatThrownBy(() -> key.sharedSecret(bytes)).isInstanceOf(KeyAgreementException.class);
    bytes[31] ^= (byte) 0x80;
    assertThatThrownBy(() -> key.sharedSecret(bytes)).isInstanceOf(KeyAgreementException.class);
  }

  /** u = 9 is the base point (RFC 7748, section 4.1): agreeing with it gives one's public half. */
  @Test
  void theBasePointGivesThePublicKey() {
    byte[] base = new byte[32];
    base[0] = 9;
    AgreementKey key = AgreementKey.generate();
    assertThat(key.sharedSecret(base)).isEqualTo(key.publicKey());
    // RFC 7748, section 5: the top bit is ignored, and 9 + p, p = 2^255 - 19, stands for 9
    byte[] topBit = base.clone();
    topBit[31] = (byte) 0x80;
    assertThat(key.sharedSecret(topBit)).isEqualTo(key.publicKey());
    byte[] beyondP = new byte[32];
    Arrays.fill(beyondP, (byte) 0xff);
    beyondP[0] = (byte) (0xed + 9);
    beyondP[31] = 0x7f;
    assertThat(key.sharedSecret(beyondP)).isEqualTo(key.publicKey());
  }

  @Test
  void anotherLengthAndTheOwnKeyAreRefused() {
    AgreementKey key = AgreementKey.generate();
    assertThatThrownBy(() -> key.sharedSecret(new byte[31])).hasMessageContaining("31 bytes");
    assertThatThrownBy(() -> key.sharedSecret(key.publicKey()))
        .isInstanceOf(KeyAgreementException.class)
        .hasMessageContaining("own");
  }

  /** A wiped scalar is a known one: with it, everybody could have the secret. */
  @Test
  void aClosedKeyAgreesWithNobody() {
    AgreementKey key = AgreementKey.generate();
    byte[] other = AgreementKey.generate().publicKey();
    key.close();
    key.close();
    assertThatThrownBy(() -> key.sharedSecret(other)).isInstanceOf(IllegalStateException.class);
    assertThat(key.publicKey()).isNotEqualTo(new byte[32]);
  }
}
