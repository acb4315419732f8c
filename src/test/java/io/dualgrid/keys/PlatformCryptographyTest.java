package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's algorithms that secrets rest on give the answers of their standards. */
class PlatformCryptographyTest {
  private static byte[] hex(String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
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
