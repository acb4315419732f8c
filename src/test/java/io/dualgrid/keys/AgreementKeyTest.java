package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  /** The points of order 1, 2, 4 and 8 (Bernstein, "Curve25519", 2006): all secrets are zero. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void pointsOfSmallOrderAreRefused(String point) {
    assertThatThrownBy(() -> AgreementKey.generate().sharedSecret(HexFormat.of().parseHex(point)))
        .isInstanceOf(KeyAgreementException.class);
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
}
