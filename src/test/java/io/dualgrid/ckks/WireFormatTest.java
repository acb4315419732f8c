package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.ckks.CkksException.Reason;
import io.dualgrid.ckks.java.JavaCkksBackend;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bytes of another party: what is wrong with them is said, each by its own reason. */
@OneRound
class WireFormatTest {
  private static final CkksParameters PARAMETERS = CkksParameters.compact();

  private static KeyPair keys;
  private static Ciphertext ciphertext;

  @BeforeAll
  static void encrypt() {
    CkksBackend backend = new JavaCkksBackend();
    keys = backend.generateKeys(PARAMETERS);
    try (Encryptor encryptor = backend.encryptor(keys.publicKey())) {
      ciphertext = encryptor.encrypt(new double[] {1, 2, 3});
    }
  }

  @AfterAll
  static void close() {
    keys.close();
  }

  private static void assertRefused(Reason reason, byte[] bytes) {
    assertThatThrownBy(() -> Ciphertext.fromBytes(bytes, PARAMETERS))
        .isInstanceOfSatisfying(CkksException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static void assertRefused(Reason reason, UnaryOperator<WireBytes> change) {
    assertRefused(reason, change.apply(WireBytes.of(ciphertext)).sealed());
  }

  private static void assertKeyRefused(Reason reason, byte[] bytes) {
    assertThatThrownBy(() -> PublicKey.fromBytes(bytes, PARAMETERS))
        .isInstanceOfSatisfying(CkksException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void whatWasWrittenIsRead() {
    Ciphertext read = Ciphertext.fromBytes(ciphertext.toBytes(), PARAMETERS);
    assertThat(read.toBytes()).isEqualTo(ciphertext.toBytes());
    assertThat(read.keyId()).isEqualTo(keys.publicKey().keyId());
    assertThat(read.valueCount()).isEqualTo(3);
    assertThat(read.terms()).isEqualTo(1);
    assertThat(read.log2Scale()).isEqualTo(41);
  }

  /** Two components of 2048 residues, a modulus, 40 bytes before and 4 behind. */
  @Test
  void aCompactCiphertextTakes33Kilobytes() {
    assertThat(ciphertext.toBytes()).hasSize(40 + 8 + 2 * 2048 * 8 + 4);
  }

  @Test
  void otherLengthsAreRefused() {
    byte[] bytes = ciphertext.toBytes();
    for (int length :
        new int[] {
          0,
          1,
          39,
          43,
          44,
          48,
          52,
          1000,
          bytes.length - 8,
          bytes.length - 1,
          bytes.length + 1,
          bytes.length + 8
        }) {
      assertRefused(Reason.WRONG_LENGTH, Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void aValueCountThatCallsForAnotherLengthIsRefused() {
    // 1025 values need a second polynomial pair; the largest count would ask for 33 MB
    for (int count : new int[] {1025, WireFormat.MAX_VALUES}) {
      assertRefused(Reason.WRONG_LENGTH, w -> w.putInt(WireBytes.VALUE_COUNT, count));
    }
  }

  @Test
  void headersThatMakeNoSenseAreRefused() {
    assertRefused(Reason.MALFORMED_HEADER, w -> w.putInt(0, 0x4b434745));
    assertRefused(Reason.MALFORMED_HEADER, w -> w.putShort(4, 2));
    assertRefused(Reason.MALFORMED_HEADER, w -> w.putByte(WireBytes.KIND, 1));
    assertRefused(Reason.MALFORMED_HEADER, w -> w.putByte(7, 3));
    for (int scale : new int[] {0, 40, 42, 82, 0xffff}) {
      assertRefused(Reason.MALFORMED_HEADER, w -> w.putShort(WireBytes.LOG2_SCALE, scale));
    }
    for (int count : new int[] {0, -1, Integer.MIN_VALUE, WireFormat.MAX_VALUES + 1}) {
      assertRefused(Reason.MALFORMED_HEADER, w -> w.putInt(WireBytes.VALUE_COUNT, count));
    }
    for (int terms : new int[] {0, -1, PARAMETERS.maxTerms() + 1}) {
      assertRefused(Reason.MALFORMED_HEADER, w -> w.putInt(WireBytes.TERMS, terms));
    }
  }

  @Test
  void otherParametersAreRefused() {
    assertRefused(Reason.FOREIGN_PARAMETERS, w -> w.putLong(WireBytes.PARAMETER_ID, 1));
    assertRefused(Reason.FOREIGN_PARAMETERS, w -> w.putInt(WireBytes.RING_DEGREE, 1024));
    assertRefused(Reason.FOREIGN_PARAMETERS, w -> w.putShort(WireBytes.MODULUS_COUNT, 2));
    assertRefused(
        Reason.FOREIGN_PARAMETERS, w -> w.putLong(WireBytes.MODULI, PARAMETERS.modulus(0) - 4096));
  }

  @Test
  void residuesOutOfRangeAreRefused() {
    for (int index : new int[] {0, 1, 2047, 2048, 4095}) {
      for (long residue : new long[] {PARAMETERS.modulus(0), -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
        assertRefused(Reason.RESIDUE_OUT_OF_RANGE, w -> w.putResidue(index, residue));
      }
    }
  }

  @Test
  void aPlaintextInDisguiseIsRefused() {
    assertRefused(
        Reason.NOT_ENCRYPTED,
        w -> {
          for (int i = 2048; i < 4096; i++) {
            w.putResidue(i, 0);
          }
          return w;
        });
  }

  @Test
  void bytesChangedByAccidentAreFoundByTheChecksum() {
    byte[] bytes = ciphertext.toBytes();
    // any byte that no earlier check looks at: key id, residues, the checksum itself
    for (int position : new int[] {16, 23, 48, 1000, bytes.length - 5, bytes.length - 1}) {
      byte[] changed = bytes.clone();
      changed[position] ^= 0x10;
      assertRefused(Reason.CORRUPTED, changed);
    }
  }

  @Test
  void aKeyIsNotTakenForACiphertextOrTheOtherWayRound() {
    assertRefused(Reason.MALFORMED_HEADER, keys.publicKey().toBytes());
    assertKeyRefused(Reason.MALFORMED_HEADER, ciphertext.toBytes());
  }

  @Test
  void aPublicKeyThatIsNotTheOneOfItsLabelIsRefused() {
    byte[] bytes = keys.publicKey().toBytes();
    assertKeyRefused(Reason.WRONG_KEY, WireBytes.of(bytes).putLong(WireBytes.KEY_ID, 5).sealed());
    assertKeyRefused(Reason.WRONG_KEY, WireBytes.of(bytes).putResidue(7, 12345).sealed());
    assertKeyRefused(Reason.WRONG_LENGTH, Arrays.copyOf(bytes, bytes.length - 4));
    assertKeyRefused(
        Reason.RESIDUE_OUT_OF_RANGE,
        WireBytes.of(bytes).putResidue(4095, PARAMETERS.modulus(0)).sealed());
  }

  /** Whatever bytes come, nothing but a CkksException goes; half of them with a right checksum. */
  @Test
  void arbitraryBytesEndInACiphertextOrAReason() {
    Random random = new Random(20240611);
    byte[] original = ciphertext.toBytes();
    int accepted = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] bytes = WireMutation.mutate(original, random);
      try {
        Ciphertext read = Ciphertext.fromBytes(bytes, PARAMETERS);
        assertThat(read.sharedResidues().length()).isEqualTo(PARAMETERS.ciphertextLength());
        accepted++;
      } catch (CkksException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
    // mutations that stay within range under a right checksum must get through, or nothing was
    // tried
    assertThat(accepted).isBetween(1000, 15_000);
  }
}
