package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256Test {
  /** FIPS 180-4's examples, of one block and of two, and the hash of nothing. */
  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  })
  void knownAnswers(String text, String hash) {
    assertThat(HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo(hash);
  }

  /** Every length around the ends of blocks, against the platform. */
  @Test
  void anyLength() throws Exception {
    Random random = new Random(5);
    MessageDigest platform = MessageDigest.getInstance("SHA-256");
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(Sha256.of(bytes)).as("%d bytes", length).isEqualTo(platform.digest(bytes));
    }
  }
}
