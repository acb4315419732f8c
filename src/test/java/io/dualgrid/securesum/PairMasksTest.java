package io.dualgrid.securesum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.keys.KeyAccelerator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairMasksTest {
  private static final BigInteger TWO_128 = BigInteger.ONE.shiftLeft(128);

  private static List<KeyAccelerator.Masks> both(byte[] keys, int subtracted) {
    List<KeyAccelerator.Masks> masks = new ArrayList<>();
    masks.add(new JavaPairMasks(keys, subtracted));
    KeyAccelerator.available().ifPresent(by -> masks.add(by.masks(keys, subtracted)));
    return masks;
  }

  private static byte[] aes(byte[] key, byte[] block) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    return cipher.doFinal(block);
  }

  /** A mask by its definition, number by number. */
  private static BigInteger mask(byte[] key, byte[] agreed, long round, int position)
      throws Exception {
    byte[] block = aes(key, agreed);
    byte[] moment = ByteBuffer.allocate(16).putLong(round).putLong(position).array();
    for (int i = 0; i < 16; i++) {
      block[i] ^= moment[i];
    }
    byte[] mask = aes(key, block);
    byte[] bigEndian = new byte[16];
    for (int i = 0; i < 16; i++) {
      bigEndian[i] = mask[15 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static BigInteger number(long[] words, int i) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(words[2 * i + 1]).putLong(words[2 * i]).array();
    return new BigInteger(1, bytes);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "1, 1, 7", "2, 1, 8", "16, 9, 9", "5, 5, 33", "0, 0, 3", "3, 1, 193"})
  void masksAreAsDefined(int keyCount, int subtracted, int numbers) throws Exception {
    Random random = new Random(keyCount + numbers);
    byte[] keys = new byte[32 * keyCount];
    byte[] agreed = new byte[16];
    random.nextBytes(keys);
    random.nextBytes(agreed);
    long round = random.nextLong();
    long[] words = random.longs(2L * numbers).toArray();
    words[0] = -1; // carries
    BigInteger[] expected = new BigInteger[numbers];
    for (int i = 0; i < numbers; i++) {
      expected[i] = number(words, i);
      for (int k = 0; k < keyCount; k++) {
        byte[] key = Arrays.copyOfRange(keys, 32 * k, 32 * k + 32);
        BigInteger mask = mask(key, agreed, round, i);
        expected[i] = k < subtracted ? expected[i].subtract(mask) : expected[i].add(mask);
      }
      expected[i] = expected[i].mod(TWO_128);
    }
    byte[] keysBefore = keys.clone();
    for (KeyAccelerator.Masks masks : both(keys, subtracted)) {
      long[] masked = words.clone();
      masks.add(agreed, round, masked);
      for (int i = 0; i < numbers; i++) {
        assertThat(number(masked, i)).as("%s, number %d", masks, i).isEqualTo(expected[i]);
      }
      masks.close();
    }
    assertThat(keys).isEqualTo(keysBefore);
  }

  /** Memory of an earlier, longer round has no part in a shorter one. */
  @Test
  void roundsOfAnyLengthFollowEachOther() {
    byte[] keys = new byte[64];
    new Random(3).nextBytes(keys);
    byte[] agreed = new byte[16];
    List<KeyAccelerator.Masks> masks = both(keys, 1);
    assumeTrue(masks.size() == 2, "no accelerator here");
    for (int numbers : new int[] {40, 3, 17, 1, 64}) {
      long[] first = new long[2 * numbers];
      long[] second = new long[2 * numbers];
      masks.get(0).add(agreed, numbers, first);
      masks.get(1).add(agreed, numbers, second);
      assertThat(second).isEqualTo(first);
    }
    masks.forEach(KeyAccelerator.Masks::close);
  }

  @Test
  void closedMasksAreNotUsed() {
    for (KeyAccelerator.Masks masks : both(new byte[32], 0)) {
      masks.close();
      assertThatThrownBy(() -> masks.add(new byte[16], 1, new long[2]))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
