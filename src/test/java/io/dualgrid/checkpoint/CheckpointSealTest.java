package io.dualgrid.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.files.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSealTest {
  /**
   * Made by Python's cryptography 48 (OpenSSL) from the description of the format: key 00 01 … 1f,
   * nonce 64 65 … 6f, identity of the key by HMAC-SHA-256, the header as associated data.
   */
  private static final byte[] SEALED_ELSEWHERE =
      HexFormat.of()
          .parseHex(
              "6475616c6772696400000001e1860b194c186fe66465666768696a6b6c6d6e6f0000002a"
                  + "3f69b7120d8c38be5c1b7f89b40a1e9527b0267af9039400c6bc9aec5f0a3f8300505dbf4ab332ec"
                  + "82db");

  @TempDir Path folder;
  private CheckpointKey key;

  @BeforeEach
  void readKey() throws IOException {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Path file = folder.resolve("key");
    AtomicFiles.replace(file, HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
    key = CheckpointKey.read(file);
  }

  @Test
  void whatAnotherProgramSealedIsOpened() {
    assertThat(CheckpointSeal.open(SEALED_ELSEWHERE, key, "night.ckpt"))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("written by another program");
  }

  /** Header, ciphertext and tag: each bit of all. */
  @Test
  void everyOtherBitIsRefused() {
    for (int bit = 0; bit < 8 * SEALED_ELSEWHERE.length; bit++) {
      byte[] changed = SEALED_ELSEWHERE.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> CheckpointSeal.open(changed, key, "night.ckpt"))
          .as("bit %s", bit)
          .isInstanceOf(CheckpointException.class);
    }
  }

  @Test
  void noNonceIsUsedTwice() {
    byte[] content = new byte[100];
    byte[] first = CheckpointSeal.seal(content, key);
    byte[] second = CheckpointSeal.seal(content, key);
    assertThat(Arrays.copyOfRange(first, 20, 32)).isNotEqualTo(Arrays.copyOfRange(second, 20, 32));
    assertThat(CheckpointSeal.open(second, key, "night.ckpt")).isEqualTo(content);
  }
}
