package io.dualgrid.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecureStreamTest {
  private static final int BLOCK_BYTES = 16384;

  /** Gives keys of zeros and ones in turn, and counts them. */
  private static final class Keys extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private int given;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) given++);
    }
  }

  private static List<SecureStream> both() {
    List<SecureStream> streams = new ArrayList<>();
    streams.add(new SecureStream(new Keys()));
    KeyAccelerator.available()
        .ifPresent(by -> streams.add(new SecureStream(new Keys(), Optional.of(by))));
    return streams;
  }

  /**
   * AES-256 of a block of zeros under a key of zeros: the hash key of test case 13 of McGrew and
   * Viega, The Galois/Counter Mode of Operation, appendix B, in the order of this machine's bytes.
   */
  @Test
  void isAesInCounterMode() {
    for (SecureStream stream : both()) {
      long first = stream.nextLong();
      assertThat(Set.of(first, Long.reverseBytes(first))).contains(0xdc95c078a2408989L);
    }
  }

  /** Each block begins anew, from counter 0 under the next key, whoever expands it. */
  @Test
  void everyBlockIsTheKeystreamOfAKeyOfItsOwn() throws Exception {
    for (SecureStream stream : both()) {
      for (byte given = 0; given < 3; given++) {
        byte[] key = new byte[32];
        Arrays.fill(key, given);
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        for (long counter = 0; counter < BLOCK_BYTES / 16; counter++) {
          byte[] expected = cipher.doFinal(ByteBuffer.allocate(16).putLong(8, counter).array());
          for (byte value : expected) {
            assertThat((byte) stream.nextByte()).isEqualTo(value);
          }
        }
      }
    }
  }

  @Test
  void aNewKeyIsTakenAfterDiscardingAndAfterEveryBlock() {
    Keys keys = new Keys();
    SecureStream stream = new SecureStream(keys);
    long first = stream.nextLong();
    stream.discard();
    assertThat(stream.nextLong()).isNotEqualTo(first);
    assertThat(keys.given).isEqualTo(2);
    for (int i = 1; i < BLOCK_BYTES / Long.BYTES; i++) {
      stream.nextLong();
    }
    assertThat(keys.given).isEqualTo(2);
    stream.nextLong();
    assertThat(keys.given).isEqualTo(3);
  }

  /** A word is of eight bytes that begin at a multiple of eight, whatever was drawn before. */
  @Test
  void wordsAndBytesAreOfOneStream() {
    for (SecureStream stream : both()) {
      byte[] bytes = new byte[2 * BLOCK_BYTES];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) stream.nextByte();
      }
      SecureStream mixed = new SecureStream(new Keys());
      Random random = new Random(5);
      for (int at = 0; at < BLOCK_BYTES + 1000; ) {
        if (random.nextBoolean()) {
          assertThat((byte) mixed.nextByte()).isEqualTo(bytes[at]);
          at++;
        } else {
          at += Math.floorMod(-at, Long.BYTES);
          long word = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
          assertThat(mixed.nextLong()).isEqualTo(word);
          at += Long.BYTES;
        }
      }
    }
  }

  @Test
  void nothingIsGivenTwice() {
    SecureStream stream = new SecureStream(new SecureRandom());
    List<Long> drawn = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      drawn.add(stream.nextLong());
      if (i % 700 == 0) {
        stream.discard();
      }
    }
    assertThat(new HashSet<>(drawn)).hasSize(drawn.size());
  }
}
