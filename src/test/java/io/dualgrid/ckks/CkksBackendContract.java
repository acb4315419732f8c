package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.ckks.CkksException.Reason;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend owes; run on each of them. */
public abstract class CkksBackendContract {
  /** A 24-step line: P, Q and V. */
  private static final int LINE = 72;

  /** The backend under test. */
  protected abstract CkksBackend backend();

  static Stream<CkksParameters> parameterSets() {
    return Stream.of(CkksParameters.compact(), CkksParameters.published());
  }

  /** Values over the whole permitted range, its two ends among them. */
  private static double[] values(CkksParameters parameters, int count, long seed) {
    double[] values =
        new Random(seed)
            .doubles(count, -parameters.valueBound(), parameters.valueBound())
            .toArray();
    values[0] = parameters.valueBound();
    values[count - 1] = -parameters.valueBound();
    return values;
  }

  private static double[] sum(double[] a, double wa, double[] b, double wb) {
    double[] result = new double[a.length];
    Arrays.setAll(result, i -> wa * a[i] + wb * b[i]);
    return result;
  }

  private static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CkksException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Ciphertext overTheWire(Ciphertext ciphertext) {
    return Ciphertext.fromBytes(ciphertext.toBytes(), ciphertext.parameters());
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aPublicKeyEncryptionDecryptsWithinTheErrorBound(CkksParameters parameters) {
    double[] values = values(parameters, LINE, 1);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor =
            backend().encryptor(PublicKey.fromBytes(keys.publicKey().toBytes(), parameters));
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext ciphertext = overTheWire(encryptor.encrypt(values));
      assertThat(ciphertext.valueCount()).isEqualTo(LINE);
      assertThat(decryptor.decrypt(ciphertext))
          .containsExactly(values, within(parameters.errorBound(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aSecretKeyEncryptionDecryptsWithinTheErrorBound(CkksParameters parameters) {
    double[] values = values(parameters, LINE, 2);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.secretKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      assertThat(decryptor.decrypt(overTheWire(encryptor.encrypt(values))))
          .containsExactly(values, within(parameters.errorBound(1)));
    }
  }

  /** Of one polynomial and of two; each half opened by its key only, and never twice the same. */
  @ParameterizedTest
  @MethodSource("parameterSets")
  void aPairHoldsTheSameValuesUnderBothKeys(CkksParameters parameters) {
    try (KeyPair own = backend().generateKeys(parameters);
        KeyPair other = backend().generateKeys(parameters);
        PairEncryptor encryptor = backend().encryptor(own.secretKey(), other.publicKey());
        Decryptor ours = backend().decryptor(own.secretKey());
        Decryptor theirs = backend().decryptor(other.secretKey())) {
      for (int count : new int[] {LINE, parameters.slotCount() + 1, LINE}) {
        double[] values = values(parameters, count, 6);
        PairEncryptor.Pair pair = encryptor.encrypt(values);
        assertThat(ours.decrypt(overTheWire(pair.own())))
            .containsExactly(values, within(parameters.errorBound(1)));
        assertThat(theirs.decrypt(overTheWire(pair.other())))
            .containsExactly(values, within(parameters.errorBound(1)));
        assertReason(Reason.WRONG_KEY, () -> ours.decrypt(pair.other()));
        PairEncryptor.Pair again = encryptor.encrypt(values);
        assertThat(again.own().toBytes()).isNotEqualTo(pair.own().toBytes());
        assertThat(again.other().toBytes()).isNotEqualTo(pair.other().toBytes());
      }
      assertReason(Reason.VALUE_OUT_OF_RANGE, () -> encryptor.encrypt(new double[] {Double.NaN}));
      assertReason(Reason.VALUE_OUT_OF_RANGE, () -> encryptor.encrypt(new double[0]));
    }
  }

  /** Half of what is under one's own key is what its seeds stand for, which are never the same. */
  @ParameterizedTest
  @MethodSource("parameterSets")
  void theSecondComponentUnderOnesOwnKeyIsDrawnOfSeeds(CkksParameters parameters) {
    int degree = parameters.ringDegree();
    int moduli = parameters.dataModulusCount();
    try (KeyPair own = backend().generateKeys(parameters);
        KeyPair other = backend().generateKeys(parameters);
        PairEncryptor encryptor = backend().encryptor(own.secretKey(), other.publicKey())) {
      double[] values = values(parameters, parameters.slotCount() + 1, 7);
      PairEncryptor.Pair pair = encryptor.encrypt(values);
      byte[] seeds = pair.own().sharedSeeds();
      assertThat(pair.other().sharedSeeds()).isEmpty();
      assertThat(encryptor.encrypt(values).own().sharedSeeds()).isNotEqualTo(seeds);
      assertThat(seeds).hasSize(2 * moduli * UniformSeed.BYTES);
      Set<String> different = new HashSet<>();
      for (int s = 0; s < 2 * moduli; s++) {
        long[] polynomial = new long[degree];
        int at = s * UniformSeed.BYTES;
        UniformSeed.expand(seeds, at, parameters.modulus(s % moduli), polynomial, 0, degree);
        different.add(Arrays.toString(Arrays.copyOfRange(seeds, at, at + UniformSeed.BYTES)));
        int second = (s / moduli * 2 * moduli + moduli + s % moduli) * degree;
        for (int i = 0; i < degree; i++) {
          assertThat(pair.own().sharedResidues().get(second + i)).isEqualTo(polynomial[i]);
        }
      }
      assertThat(different).hasSize(2 * moduli);
    }
  }

  @Test
  void aPairIsOfOneParameterSet() {
    try (KeyPair own = backend().generateKeys(CkksParameters.compact());
        KeyPair other = backend().generateKeys(CkksParameters.published())) {
      assertReason(
          Reason.FOREIGN_PARAMETERS, () -> backend().encryptor(own.secretKey(), other.publicKey()));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void noiseIsAsLargeAsTheParametersSay(CkksParameters parameters) {
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      double[] zeros = new double[parameters.slotCount()];
      double squares = 0;
      int runs = 10;
      for (int run = 0; run < runs; run++) {
        for (double error : decryptor.decrypt(encryptor.encrypt(zeros))) {
          squares += error * error;
        }
      }
      double deviation = Math.sqrt(squares / (runs * zeros.length));
      // over a thousand independent slots the mean square strays by 1/sqrt(1024) = 3 %, its root
      // by half of that: a quarter is more than ten deviations, and half a bit of noise is seen
      assertThat(deviation / parameters.freshErrorDeviation()).isBetween(0.75, 1.25);
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void theSumOfAPublicAndASecretKeyEncryptionIsTheSum(CkksParameters parameters) {
    double[] own = values(parameters, LINE, 3);
    double[] neighbour = values(parameters, LINE, 4);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor ownSide = backend().encryptor(keys.secretKey());
        Encryptor otherSide = backend().encryptor(keys.publicKey());
        Evaluator operator = backend().evaluator(parameters);
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext sum =
          operator.sum(
              overTheWire(ownSide.encrypt(own)), overTheWire(otherSide.encrypt(neighbour)));
      assertThat(sum.terms()).isEqualTo(2);
      assertThat(decryptor.decrypt(overTheWire(sum)))
          .containsExactly(sum(own, 1, neighbour, 1), within(parameters.errorBound(2)));
    }
  }

  @Test
  void theOperatorWeightsUnderThePublishedParameters() {
    CkksParameters parameters = CkksParameters.published();
    double[] own = values(parameters, LINE, 5);
    double[] neighbour = values(parameters, LINE, 6);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Evaluator operator = backend().evaluator(parameters);
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext z =
          operator.weightedSum(
              new double[] {0.3, -0.7}, encryptor.encrypt(own), encryptor.encrypt(neighbour));
      assertThat(z.log2Scale()).isEqualTo(80);
      assertThat(decryptor.decrypt(overTheWire(z)))
          .containsExactly(sum(own, 0.3, neighbour, -0.7), within(parameters.errorBound(1)));
      assertReason(
          Reason.UNSUPPORTED_BY_PARAMETERS, () -> operator.weightedSum(new double[] {1}, z));
    }
  }

  @Test
  void theCompactParametersLeaveNoRoomForWeights() {
    CkksParameters parameters = CkksParameters.compact();
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Evaluator operator = backend().evaluator(parameters)) {
      Ciphertext ciphertext = encryptor.encrypt(new double[] {1});
      assertReason(
          Reason.UNSUPPORTED_BY_PARAMETERS,
          () -> operator.weightedSum(new double[] {0.5}, ciphertext));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aVectorLongerThanTheSlotsTakesSeveralPolynomials(CkksParameters parameters) {
    double[] values = values(parameters, 2 * parameters.slotCount() + 5, 7);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Encryptor secret = backend().encryptor(keys.secretKey());
        Evaluator operator = backend().evaluator(parameters);
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext first = encryptor.encrypt(values);
      assertThat(first.sharedResidues().length()).isEqualTo(3 * parameters.ciphertextLength());
      assertThat(decryptor.decrypt(operator.sum(first, overTheWire(secret.encrypt(values)))))
          .containsExactly(sum(values, 1, values, 1), within(parameters.errorBound(2)));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void theSameValuesNeverEncryptToTheSameResidues(CkksParameters parameters) {
    double[] values = values(parameters, LINE, 9);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor publicSide = backend().encryptor(keys.publicKey());
        Encryptor secretSide = backend().encryptor(keys.secretKey())) {
      assertNoResidueRepeats(
          publicSide.encrypt(values),
          publicSide.encrypt(values),
          secretSide.encrypt(values),
          secretSide.encrypt(values));
    }
  }

  /** At the same place; by chance once in 2^40 places at the smallest modulus. */
  private static void assertNoResidueRepeats(Ciphertext... ciphertexts) {
    int repeats = 0;
    for (int i = 0; i < ciphertexts[0].sharedResidues().length(); i++) {
      Set<Long> seen = new HashSet<>();
      for (Ciphertext ciphertext : ciphertexts) {
        repeats += seen.add(ciphertext.sharedResidues().get(i)) ? 0 : 1;
      }
    }
    assertThat(repeats).isZero();
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void valuesThatDoNotFitAreRefused(CkksParameters parameters) {
    double beyond = Math.nextUp(parameters.valueBound());
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor publicSide = backend().encryptor(keys.publicKey());
        Encryptor secretSide = backend().encryptor(keys.secretKey())) {
      for (Encryptor encryptor : new Encryptor[] {publicSide, secretSide}) {
        for (double bad :
            new double[] {
              beyond, -beyond, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
            }) {
          assertReason(
              Reason.VALUE_OUT_OF_RANGE, () -> encryptor.encrypt(new double[] {0, bad, 0}));
        }
        assertReason(Reason.VALUE_OUT_OF_RANGE, () -> encryptor.encrypt(new double[0]));
      }
    }
  }

  @Test
  void sumsThatCouldOverflowAreRefused() {
    CkksParameters parameters = CkksParameters.compact();
    assertThat(parameters.maxTerms()).isEqualTo(2);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Evaluator operator = backend().evaluator(parameters)) {
      Ciphertext one = encryptor.encrypt(values(parameters, LINE, 10));
      Ciphertext two = operator.sum(one, one);
      assertReason(Reason.TOO_MANY_TERMS, () -> operator.sum(two, one));
      assertReason(Reason.TOO_MANY_TERMS, () -> operator.sum(one, one, one));
    }
    CkksParameters published = CkksParameters.published();
    try (KeyPair keys = backend().generateKeys(published);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Evaluator operator = backend().evaluator(published)) {
      Ciphertext one = encryptor.encrypt(new double[] {1});
      for (double weight : new double[] {published.maxTerms() + 1.0, Double.NaN, 1e300}) {
        assertReason(Reason.TOO_MANY_TERMS, () -> operator.weightedSum(new double[] {weight}, one));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void termsThatDoNotGoTogetherAreRefused(CkksParameters parameters) {
    CkksParameters other =
        parameters == CkksParameters.compact()
            ? CkksParameters.published()
            : CkksParameters.compact();
    try (KeyPair keys = backend().generateKeys(parameters);
        KeyPair otherKeys = backend().generateKeys(parameters);
        KeyPair foreignKeys = backend().generateKeys(other);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Encryptor otherEncryptor = backend().encryptor(otherKeys.publicKey());
        Encryptor foreignEncryptor = backend().encryptor(foreignKeys.publicKey());
        Evaluator operator = backend().evaluator(parameters)) {
      Ciphertext term = encryptor.encrypt(new double[] {1, 2});
      assertReason(
          Reason.MISMATCHED_OPERANDS,
          () -> operator.sum(term, otherEncryptor.encrypt(new double[] {1, 2})));
      assertReason(
          Reason.MISMATCHED_OPERANDS,
          () -> operator.sum(term, encryptor.encrypt(new double[] {1})));
      assertReason(
          Reason.FOREIGN_PARAMETERS,
          () -> operator.sum(term, foreignEncryptor.encrypt(new double[] {1, 2})));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aCiphertextUnderAnotherKeyIsRefusedByItsLabel(CkksParameters parameters) {
    try (KeyPair keys = backend().generateKeys(parameters);
        KeyPair swapped = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(swapped.publicKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext ciphertext = encryptor.encrypt(new double[] {1});
      assertReason(Reason.WRONG_KEY, () -> decryptor.decrypt(ciphertext));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aCiphertextUnderAnotherKeyWithAForgedLabelIsRefusedByItsContents(CkksParameters parameters) {
    try (KeyPair keys = backend().generateKeys(parameters);
        KeyPair swapped = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(swapped.publicKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      // even with every slot in use, so that no empty one gives it away
      double[] values = values(parameters, parameters.slotCount(), 11);
      byte[] forged =
          WireBytes.of(encryptor.encrypt(values))
              .putLong(WireBytes.KEY_ID, keys.publicKey().keyId())
              .sealed();
      Ciphertext ciphertext = Ciphertext.fromBytes(forged, parameters);
      assertReason(Reason.IMPLAUSIBLE_PLAINTEXT, () -> decryptor.decrypt(ciphertext));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void oneChangedResidueIsRefused(CkksParameters parameters) {
    Random random = new Random(12);
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext original = encryptor.encrypt(values(parameters, LINE, 13));
      for (int trial = 0; trial < 20; trial++) {
        int index = random.nextInt(original.sharedResidues().length());
        long residue = original.sharedResidues().get(index);
        byte[] tampered =
            WireBytes.of(original).putResidue(index, residue == 0 ? 1 : residue - 1).sealed();
        Ciphertext ciphertext = Ciphertext.fromBytes(tampered, parameters);
        assertReason(Reason.IMPLAUSIBLE_PLAINTEXT, () -> decryptor.decrypt(ciphertext));
      }
    }
  }

  /** The same bytes as the wire tests', this time all the way through the backend. */
  @Test
  void damagedBytesNeverGetFurtherThanAReason() {
    CkksParameters parameters = CkksParameters.compact();
    Random random = new Random(20240612);
    double[] values = values(parameters, LINE, 14);
    int refused = 0;
    int plausible = 0;
    try (KeyPair keys = backend().generateKeys(parameters);
        Encryptor encryptor = backend().encryptor(keys.publicKey());
        Evaluator operator = backend().evaluator(parameters);
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext intact = encryptor.encrypt(values);
      byte[] bytes = intact.toBytes();
      byte[] keyBytes = keys.publicKey().toBytes();
      for (int trial = 0; trial < 3000; trial++) {
        try {
          Ciphertext read = Ciphertext.fromBytes(WireMutation.mutate(bytes, random), parameters);
          operator.sum(intact, read);
          decryptor.decrypt(read);
          plausible++;
        } catch (CkksException e) {
          refused++;
        }
        try {
          PublicKey key = PublicKey.fromBytes(WireMutation.mutate(keyBytes, random), parameters);
          backend().encryptor(key).close();
        } catch (CkksException e) {
          refused++;
        }
      }
      assertThat(decryptor.decrypt(intact))
          .containsExactly(values, within(parameters.errorBound(1)));
    }
    assertThat(refused).isGreaterThan(4000);
    // what gets through is a harmless change of the header: terms, or a shorter vector's count
    assertThat(plausible).isLessThan(600);
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void foreignCiphertextsAreRefused(CkksParameters parameters) {
    CkksParameters other =
        parameters == CkksParameters.compact()
            ? CkksParameters.published()
            : CkksParameters.compact();
    try (KeyPair keys = backend().generateKeys(parameters);
        KeyPair otherKeys = backend().generateKeys(other);
        Encryptor encryptor = backend().encryptor(otherKeys.publicKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext ciphertext = encryptor.encrypt(new double[] {1});
      assertReason(Reason.FOREIGN_PARAMETERS, () -> decryptor.decrypt(ciphertext));
      assertReason(
          Reason.FOREIGN_PARAMETERS, () -> Ciphertext.fromBytes(ciphertext.toBytes(), parameters));
      assertReason(
          Reason.FOREIGN_PARAMETERS,
          () -> PublicKey.fromBytes(otherKeys.publicKey().toBytes(), parameters));
    }
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aClosedSecretKeyOpensNothing(CkksParameters parameters) {
    KeyPair keys = backend().generateKeys(parameters);
    try (Encryptor publicSide = backend().encryptor(keys.publicKey());
        Encryptor secretSide = backend().encryptor(keys.secretKey());
        Decryptor decryptor = backend().decryptor(keys.secretKey())) {
      Ciphertext ciphertext = publicSide.encrypt(new double[] {1});
      keys.close();
      keys.close();
      assertThatThrownBy(() -> decryptor.decrypt(ciphertext))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(() -> secretSide.encrypt(new double[] {1}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      assertThatThrownBy(() -> backend().decryptor(keys.secretKey()).decrypt(ciphertext))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void keysAreFreshAndHaveTheirOwnFingerprints() {
    CkksParameters parameters = CkksParameters.compact();
    try (KeyPair one = backend().generateKeys(parameters);
        KeyPair two = backend().generateKeys(parameters)) {
      assertThat(one.publicKey().fingerprint()).isNotEqualTo(two.publicKey().fingerprint());
      assertThat(one.publicKey().fingerprint().toString()).matches("([0-9a-f]{4}-){7}[0-9a-f]{4}");
      assertThat(PublicKey.fromBytes(one.publicKey().toBytes(), parameters).fingerprint())
          .isEqualTo(one.publicKey().fingerprint());
      assertThat(one.secretKey())
          .hasToString("SecretKey[compact, of public key " + one.publicKey().fingerprint() + "]");
    }
  }
}
