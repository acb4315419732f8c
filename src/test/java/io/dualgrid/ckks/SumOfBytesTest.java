package io.dualgrid.ckks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.ckks.seal.SealCkksBackend;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sum of messages is the sum of what was read of them, for good ones and for damaged ones. */
class SumOfBytesTest {
  static Stream<Arguments> backendsAndSets() {
    boolean seal = new SealCkksBackend().status().available();
    return Stream.of("java", "seal")
        .filter(name -> seal || name.equals("java"))
        .map(CkksBackends::byName)
        .flatMap(
            backend ->
                Stream.of(ParameterSet.values())
                    .map(set -> Arguments.of(Named.of(backend.name(), backend), set)));
  }

  private static byte[] slowly(
      Evaluator evaluator, CkksParameters parameters, byte[] first, byte[] second) {
    return evaluator
        .sum(Ciphertext.fromBytes(first, parameters), Ciphertext.fromBytes(second, parameters))
        .toBytes();
  }

  /** As it arrives: behind other bytes, in front of others, at an odd place. */
  private static ByteBuffer inALetter(byte[] message) {
    byte[] letter = new byte[message.length + 61];
    Arrays.fill(letter, (byte) -1);
    System.arraycopy(message, 0, letter, 57, message.length);
    return ByteBuffer.wrap(letter, 57, message.length).slice();
  }

  @ParameterizedTest
  @MethodSource("backendsAndSets")
  void isTheSumOfWhatWasRead(CkksBackend backend, ParameterSet set) {
    CkksParameters parameters = set.parameters();
    try (KeyPair keys = backend.generateKeys(parameters);
        Encryptor own = backend.encryptor(keys.secretKey());
        Encryptor open = backend.encryptor(keys.publicKey());
        Evaluator evaluator = backend.evaluator(parameters)) {
      for (int count : new int[] {1, 72, parameters.slotCount() + 1}) {
        double[] values = new Random(count).doubles(count, -9, 9).toArray();
        byte[] first = own.encrypt(values).toBytes();
        byte[] second = open.encrypt(values).toBytes();
        assertThat(EvaluatorOnBytes.sum(evaluator, ByteBuffer.wrap(first), inALetter(second)))
            .isEqualTo(slowly(evaluator, parameters, first, second));
      }
    }
  }

  /** Every damage is refused for the same reason, and none is added that a reader would refuse. */
  @ParameterizedTest
  @MethodSource("backendsAndSets")
  void damageIsRefusedForTheSameReason(CkksBackend backend, ParameterSet set) {
    CkksParameters parameters = set.parameters();
    Random random = new Random(3);
    int turns = 4_000_000 / parameters.ciphertextLength();
    try (KeyPair keys = backend.generateKeys(parameters);
        Encryptor encryptor = backend.encryptor(keys.publicKey());
        Evaluator evaluator = backend.evaluator(parameters)) {
      byte[] good = encryptor.encrypt(new double[] {1, 2, 3}).toBytes();
      byte[] other = encryptor.encrypt(new double[] {4, 5, 6}).toBytes();
      for (int turn = 0; turn < turns; turn++) {
        byte[] bad = WireMutation.mutate(good, random);
        byte[] first = random.nextBoolean() ? bad : other;
        byte[] second = first == bad ? other : bad;
        assertThat(
                outcome(() -> EvaluatorOnBytes.sum(evaluator, inALetter(first), inALetter(second))))
            .isEqualTo(outcome(() -> slowly(evaluator, parameters, first, second)));
      }
    }
  }

  /** The bytes, or the reason why there are none. */
  private static Object outcome(Supplier<byte[]> sum) {
    try {
      return sum.get();
    } catch (CkksException e) {
      return e.reason();
    }
  }
}
