package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures are those of RFC 8032, and of the platform's own Ed25519. */
class SigningKeyTest {
  private static byte[] hex(String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }

  private static PublicKey platformKey(byte[] raw) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(
            new X509EncodedKeySpec(
                hex("302a300506032b6570032100" + HexFormat.of().formatHex(raw))));
  }

  /** RFC 8032, section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,,"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void signsAsTheStandardDoes(String secret, String publicKey, String message, String signature)
      throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, hex(secret)));
    SigningKey signer = SigningKey.of(new KeyPair(platformKey(hex(publicKey)), key));
    assertThat(signer.publicKey()).isEqualTo(hex(publicKey));
    assertThat(signer.sign(hex(message))).isEqualTo(hex(signature));
    assertThat(SigningKey.verifies(hex(publicKey), hex(message), hex(signature))).isTrue();
  }

  @Test
  void platformVerifiesWhatANewKeySigns() throws GeneralSecurityException {
    SigningKey key = SigningKey.generate();
    byte[] message = {1, 2, 3};
    Signature platform = Signature.getInstance("Ed25519");
    platform.initVerify(platformKey(key.publicKey()));
    platform.update(message);
    assertThat(platform.verify(key.sign(message))).isTrue();
    assertThat(SigningKey.generate().publicKey()).isNotEqualTo(key.publicKey());
  }

  @Test
  void nothingButTheSignedMessageVerifies() {
    SigningKey key = SigningKey.generate();
    byte[] message = {1, 2, 3};
    byte[] signature = key.sign(message);
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SigningKey.verifies(key.publicKey(), message, changed)).as("bit " + bit).isFalse();
    }
    assertThat(SigningKey.verifies(key.publicKey(), new byte[] {1, 2}, signature)).isFalse();
    assertThat(SigningKey.verifies(SigningKey.generate().publicKey(), message, signature))
        .isFalse();
    byte[] shorter = Arrays.copyOf(signature, signature.length - 1);
    assertThat(SigningKey.verifies(key.publicKey(), message, shorter)).isFalse();
    assertThat(SigningKey.verifies(new byte[31], message, signature)).isFalse();
    // the points of least order, with which a signature of nobody could be made to fit any message
    assertThat(SigningKey.verifies(new byte[32], message, new byte[64])).isFalse();
    byte[] one = new byte[32];
    one[0] = 1;
    byte[] forged = Arrays.copyOf(one, 64);
    assertThat(SigningKey.verifies(one, message, forged)).isFalse();
  }

  @Test
  void keysOfOtherKindsAndHalvesOfTwoPairsAreRefused() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    KeyPair first = generator.generateKeyPair();
    KeyPair second = generator.generateKeyPair();
    assertThatThrownBy(() -> SigningKey.of(new KeyPair(first.getPublic(), second.getPrivate())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not belong together");
    KeyPair agreement = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    assertThatThrownBy(() -> SigningKey.of(agreement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no key of Ed25519");
    assertThatThrownBy(() -> SigningKey.raw(agreement.getPublic()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no key of Ed25519");
  }
}
