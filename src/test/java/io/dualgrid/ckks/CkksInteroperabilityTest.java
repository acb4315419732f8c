package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.ckks.seal.SealCkksBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and ciphertexts of either backend, in wire form, serve the other. */
class CkksInteroperabilityTest {
  private static final int LINE = 72;

  @BeforeAll
  static void sealIsThere() {
    assumeTrue(
        new SealCkksBackend().status().available(), () -> new SealCkksBackend().status().failure());
  }

  /** Who generates keys, encrypts with the public one, sums; for both parameter sets. */
  static Stream<Arguments> casts() {
    List<Arguments> casts = new ArrayList<>();
    for (ParameterSet parameters : ParameterSet.values()) {
      for (String owner : List.of("seal", "java")) {
        for (String neighbour : List.of("seal", "java")) {
          for (String operator : List.of("seal", "java")) {
            casts.add(Arguments.of(parameters, owner, neighbour, operator));
          }
        }
      }
    }
    return casts.stream();
  }

  private static double[] values(CkksParameters parameters, long seed) {
    double bound = parameters.valueBound();
    return new Random(seed).doubles(LINE, -bound, bound).toArray();
  }

  @ParameterizedTest
  @MethodSource("casts")
  void anyCastOfBackendsAgreesOnZ(
      ParameterSet set, String ownerName, String neighbourName, String operatorName) {
    CkksParameters parameters = set.parameters();
    CkksBackend owner = CkksBackends.byName(ownerName);
    CkksBackend neighbour = CkksBackends.byName(neighbourName);
    CkksBackend operator = CkksBackends.byName(operatorName);
    double[] x = values(parameters, 1);
    double[] y = values(parameters, 2);
    try (KeyPair keys = owner.generateKeys(parameters);
        Encryptor own = owner.encryptor(keys.secretKey());
        Encryptor other =
            neighbour.encryptor(PublicKey.fromBytes(keys.publicKey().toBytes(), parameters));
        KeyPair neighbourKeys = neighbour.generateKeys(parameters);
        PairEncryptor pair =
            neighbour.encryptor(
                neighbourKeys.secretKey(),
                PublicKey.fromBytes(keys.publicKey().toBytes(), parameters));
        Evaluator evaluator = operator.evaluator(parameters);
        Decryptor decryptor = owner.decryptor(keys.secretKey())) {
      Ciphertext ofX = Ciphertext.fromBytes(own.encrypt(x).toBytes(), parameters);
      for (Ciphertext made : new Ciphertext[] {other.encrypt(y), pair.encrypt(y).other()}) {
        Ciphertext ofY = Ciphertext.fromBytes(made.toBytes(), parameters);
        Ciphertext z =
            parameters.operatorWeights()
                ? evaluator.weightedSum(new double[] {0.5, 0.5}, ofX, ofY)
                : evaluator.sum(ofX, ofY);
        double weight = parameters.operatorWeights() ? 0.5 : 1;
        double[] decrypted = decryptor.decrypt(Ciphertext.fromBytes(z.toBytes(), parameters));
        for (int i = 0; i < LINE; i++) {
          assertThat(decrypted[i])
              .isCloseTo(weight * (x[i] + y[i]), within(parameters.errorBound(2)));
        }
      }
    }
  }

  static Stream<CkksParameters> parameterSets() {
    return Stream.of(CkksParameters.compact(), CkksParameters.published());
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void bothOperatorsComputeTheSameResidues(CkksParameters parameters) {
    CkksBackend seal = CkksBackends.byName("seal");
    CkksBackend java = CkksBackends.byName("java");
    try (KeyPair keys = java.generateKeys(parameters);
        Encryptor encryptor = java.encryptor(keys.publicKey());
        Evaluator bySeal = seal.evaluator(parameters);
        Evaluator byJava = java.evaluator(parameters)) {
      Ciphertext a = encryptor.encrypt(values(parameters, 3));
      Ciphertext b = encryptor.encrypt(values(parameters, 4));
      assertSame(bySeal.sum(a, b), byJava.sum(a, b));
      if (parameters.operatorWeights()) {
        // -1.25 is beyond a 40-bit modulus once it is scaled by 2^40
        double[] weights = {0.37, -1.25};
        assertSame(bySeal.weightedSum(weights, a, b), byJava.weightedSum(weights, a, b));
      }
    }
  }

  /** All bytes equal; says only where the first differ. */
  private static void assertSame(Ciphertext one, Ciphertext other) {
    assertThat(Arrays.mismatch(one.toBytes(), other.toBytes())).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("parameterSets")
  void aSecretKeyStaysWithItsBackend(CkksParameters parameters) {
    CkksBackend seal = CkksBackends.byName("seal");
    CkksBackend java = CkksBackends.byName("java");
    try (KeyPair ofJava = java.generateKeys(parameters);
        KeyPair ofSeal = seal.generateKeys(parameters)) {
      assertThatThrownBy(() -> seal.decryptor(ofJava.secretKey()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another backend");
      assertThatThrownBy(() -> java.encryptor(ofSeal.secretKey()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another backend");
    }
  }
}
