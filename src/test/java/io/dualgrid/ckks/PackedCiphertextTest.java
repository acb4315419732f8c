package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.java.JavaCkksBackend;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PackedCiphertextTest {
  private static final byte[] NONE = {};

  private static PairEncryptor.Pair pair(CkksParameters parameters, int values) {
    CkksBackend backend = new JavaCkksBackend();
    double[] some = new double[values];
    Arrays.setAll(some, i -> i % 7 - 3.5);
    try (KeyPair own = backend.generateKeys(parameters);
        KeyPair other = backend.generateKeys(parameters);
        PairEncryptor encryptor = backend.encryptor(own.secretKey(), other.publicKey())) {
      return encryptor.encrypt(some);
    }
  }

  private static byte[] packed(Ciphertext ciphertext, byte[] seeds) {
    return PackedCiphertext.pack(ByteBuffer.wrap(ciphertext.toBytes()), seeds).orElseThrow();
  }

  private static byte[] unpacked(byte[] packed, int room) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    ByteBuffer out = ByteBuffer.allocate(room);
    PackedCiphertext.unpack(in, out);
    assertThat(in.remaining()).isZero();
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * A header of 40 bytes and 8 for each modulus, the form, a checksum of 4, and of each polynomial
   * of 2,048 residues of 53 bits 13,568 bytes, of 8,192 residues of 60 and 40 bits 61,440 and
   * 40,960 bytes, of which the published set has one and two.
   */
  @ParameterizedTest
  @CsvSource({
    "COMPACT, 72, 13653, 27189, 32820",
    "COMPACT, 1025, 27253, 54325, 65588",
    "PUBLISHED, 72, 143525, 286789, 393284"
  })
  void whatIsUnpackedIsWhatWasPacked(
      ParameterSet set, int values, int seededBytes, int bytes, int whole) {
    CkksParameters parameters = set.parameters();
    PairEncryptor.Pair pair = pair(parameters, values);
    byte[] own = packed(pair.own(), pair.own().sharedSeeds());
    byte[] other = packed(pair.other(), pair.other().sharedSeeds());
    assertThat(own).hasSize(seededBytes);
    assertThat(other).hasSize(bytes);
    assertThat(pair.own().toBytes()).hasSize(whole);
    assertThat(unpacked(own, whole)).isEqualTo(pair.own().toBytes());
    assertThat(unpacked(other, whole)).isEqualTo(pair.other().toBytes());
    assertThat(unpacked(packed(pair.own(), NONE), whole)).isEqualTo(pair.own().toBytes());
  }

  /** The residues as one large number of so many digits of as many bits as the modulus has. */
  @ParameterizedTest
  @EnumSource
  void residuesLieOneAfterAnother(ParameterSet set) {
    CkksParameters parameters = set.parameters();
    Ciphertext ciphertext = pair(parameters, 5).other();
    byte[] packed = packed(ciphertext, NONE);
    int at = 1 + WireFormat.headerLength(parameters.dataModulusCount());
    int degree = parameters.ringDegree();
    for (int p = 0; p < 2 * parameters.dataModulusCount(); p++) {
      int bits =
          64 - Long.numberOfLeadingZeros(parameters.modulus(p % parameters.dataModulusCount()));
      BigInteger number = BigInteger.ZERO;
      for (int i = degree - 1; i >= 0; i--) {
        long residue = ciphertext.sharedResidues().get(p * degree + i);
        number = number.shiftLeft(bits).add(BigInteger.valueOf(residue));
      }
      byte[] expected = new byte[degree / 8 * bits];
      byte[] digits = number.toByteArray();
      for (int i = 0; i < Math.min(expected.length, digits.length); i++) {
        expected[i] = digits[digits.length - 1 - i];
      }
      assertThat(Arrays.copyOfRange(packed, at, at + expected.length)).isEqualTo(expected);
      at += expected.length;
    }
    assertThat(at).isEqualTo(packed.length - 4);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoCiphertextIsNotPacked(ParameterSet set) {
    Ciphertext ciphertext = pair(set.parameters(), 5).other();
    byte[] bytes = ciphertext.toBytes();
    assertThat(PackedCiphertext.pack(ByteBuffer.wrap(NONE), NONE)).isEmpty();
    assertThat(PackedCiphertext.pack(ByteBuffer.wrap(new byte[500]), NONE)).isEmpty();
    assertThat(PackedCiphertext.pack(ByteBuffer.wrap(bytes), new byte[31])).isEmpty();
    assertThat(PackedCiphertext.pack(ByteBuffer.wrap(bytes, 0, bytes.length - 1), NONE)).isEmpty();
    byte[] beyond = bytes.clone();
    beyond[beyond.length - 5] = (byte) 0x80; // the top bit of the last residue
    assertThat(PackedCiphertext.pack(ByteBuffer.wrap(beyond), NONE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeUnpackedIsRefused(ParameterSet set) {
    PairEncryptor.Pair pair = pair(set.parameters(), 5);
    int whole = pair.own().toBytes().length;
    byte[] packed = packed(pair.own(), pair.own().sharedSeeds());
    for (int length : new int[] {0, 1, 30, 44, 60, packed.length - 1}) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpacked(cut, whole)).isInstanceOf(CkksException.class);
    }
    assertThatThrownBy(() -> unpacked(packed, whole - 1)).isInstanceOf(CkksException.class);
    byte[] form = packed.clone();
    form[0] = 2;
    assertThatThrownBy(() -> unpacked(form, whole)).isInstanceOf(CkksException.class);
  }
}
