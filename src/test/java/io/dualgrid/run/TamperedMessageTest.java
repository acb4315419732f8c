package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.auth.AuthenticationException;
import io.dualgrid.ckks.CkksBackends;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Taps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages changed on the way, by the operator or to it, end the run with what is wrong. */
class TamperedMessageTest {
  private static final CkksParameters COMPACT = CkksParameters.compact();

  /** First residue of a compact ciphertext: behind the header of 40 bytes and one modulus. */
  private static final int FIRST_RESIDUE = 48;

  private static final int KEY_ID = 16;

  /** What is done to the bytes of a ciphertext, and the words that must come of it. */
  private enum Damage {
    FLIPPED_BYTE("the checksum does not match", bytes -> edit(bytes, b -> b.array()[999] ^= 4)),
    TRUNCATED("the header calls for", bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
    EMPTY("even the header takes", bytes -> new byte[0]),
    PADDED("the header calls for", bytes -> Arrays.copyOf(bytes, bytes.length + 8)),
    OTHER_FORMAT("magic", bytes -> edit(bytes, b -> b.putInt(0, 0x04034b50))),
    RESIDUE_OUT_OF_RANGE(
        "residue", bytes -> sealed(edit(bytes, b -> b.putLong(FIRST_RESIDUE, COMPACT.modulus(0))))),
    FOREIGN_PARAMETERS("parameter id", bytes -> foreignCiphertext());

    private final String words;
    private final UnaryOperator<byte[]> change;

    Damage(String words, UnaryOperator<byte[]> change) {
      this.words = words;
      this.change = change;
    }
  }

  private interface Edit {
    void apply(ByteBuffer bytes);
  }

  private static byte[] edit(byte[] bytes, Edit edit) {
    ByteBuffer copy = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    edit.apply(copy);
    return copy.array();
  }

  /** With the checksum put right: somebody meant it. */
  private static byte[] sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    return edit(bytes, b -> b.putInt(bytes.length - 4, (int) crc.getValue()));
  }

  private static byte[] foreignCiphertext() {
    try (KeyPair keys = CkksBackends.byName("java").generateKeys(CkksParameters.published());
        Encryptor encryptor = CkksBackends.byName("java").encryptor(keys.publicKey())) {
      return encryptor.encrypt(new double[72]).toBytes();
    }
  }

  private static Payload change(Payload payload, UnaryOperator<byte[]> change) {
    return new Payload.Hidden(change.apply(((Payload.Hidden) payload).bytes()));
  }

  private static RunSettings settings(String backend) {
    return SixBus.settings(Privacy.CKKS).toBuilder()
        .qpBackend("auto")
        .ckksBackend(backend)
        .maxIterations(5)
        .threads(2)
        .build();
  }

  private static void failsWith(String backend, RunHooks hooks, String... words) {
    RunResult result = SixBus.run(settings(backend), hooks);
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.iterations()).isZero();
    assertThat(result.totalCost()).isNaN();
    assertThat(result.notices()).first().asString().startsWith("iteration 1: line ");
    assertThat(result.notices().get(0)).contains(words);
  }

  static Stream<Arguments> damages() {
    return RoundBackends.ckks()
        .flatMap(name -> Arrays.stream(Damage.values()).map(what -> Arguments.of(name, what)));
  }

  static Stream<String> backends() {
    return RoundBackends.ckks();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void theOperatorRefusesDamagedCopies(String backend, Damage damage) {
    RunHooks hooks =
        onBoundary(
            message ->
                new Boundary(
                    message.line(),
                    message.fromDownstream(),
                    message.underOwnKey(),
                    change(message.underNeighbourKey(), damage.change),
                    message.tag()));
    failsWith(backend, hooks, damage.words);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void lineEndsRefuseADamagedConsensus(String backend, Damage damage) {
    failsWith(backend, onConsensus(payload -> change(payload, damage.change)), damage.words);
  }

  private static RunHooks onBoundary(UnaryOperator<Boundary> change) {
    return Taps.changing(Way.TO_OPERATOR, Boundary.class, change);
  }

  private static RunHooks onConsensus(UnaryOperator<Payload> change) {
    return Taps.changing(
        Way.FROM_OPERATOR,
        Consensus.class,
        message -> with(message, change.apply(message.consensus())));
  }

  private static Consensus with(Consensus message, Payload payload) {
    return new Consensus(
        message.line(),
        message.toDownstream(),
        message.upstreamSequence(),
        message.downstreamSequence(),
        payload,
        message.tag());
  }

  private static RunHooks onLineKey(Way way, UnaryOperator<LineKey> change) {
    return Taps.changing(way, LineKey.class, change);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void oneChangedResidueIsNotDecrypted(String backend) {
    UnaryOperator<byte[]> change =
        bytes -> sealed(edit(bytes, b -> b.putLong(FIRST_RESIDUE, b.getLong(FIRST_RESIDUE) ^ 1)));
    failsWith(
        backend,
        onConsensus(payload -> change(payload, change)),
        "is not the sum of the copies",
        "it was not decrypted");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aCopyInTheClearIsRefused(String backend) {
    Payload clear = new Payload.Plain(new double[72]);
    RunHooks hooks =
        onBoundary(
            message ->
                new Boundary(
                    message.line(), message.fromDownstream(), clear, clear, message.tag()));
    failsWith(backend, hooks, "in the clear where encryption was agreed");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aConsensusInTheClearIsRefused(String backend) {
    failsWith(
        backend,
        onConsensus(payload -> new Payload.Plain(new double[72])),
        "a consensus in the clear, not encrypted");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theConsensusOfAnotherLineIsRefused(String backend) {
    AtomicReference<Payload> first = new AtomicReference<>();
    failsWith(
        backend,
        onConsensus(
            payload -> {
              first.compareAndSet(null, payload);
              return first.get();
            }),
        "is not the sum of the copies");
  }

  /** The label is only a claim: relabelled for its reader, it is still not the sum. */
  @ParameterizedTest
  @MethodSource("backends")
  void aRelabelledConsensusOfAnotherLineIsRefused(String backend) {
    AtomicReference<Payload> first = new AtomicReference<>();
    failsWith(
        backend,
        onConsensus(
            payload -> {
              first.compareAndSet(null, payload);
              long key =
                  ByteBuffer.wrap(((Payload.Hidden) payload).bytes())
                      .order(ByteOrder.LITTLE_ENDIAN)
                      .getLong(KEY_ID);
              return change(first.get(), bytes -> sealed(edit(bytes, b -> b.putLong(KEY_ID, key))));
            }),
        "is not the sum of the copies",
        "it was not decrypted");
  }

  /** The operator has all public keys, so it can encrypt what it likes. */
  @ParameterizedTest
  @MethodSource("backends")
  void aConsensusOfTheWrongLengthIsRefused(String backend) {
    Map<Integer, PublicKey> keys = new ConcurrentHashMap<>();
    MessageTap tap =
        (way, edge, bytes) -> {
          Letter letter = Letter.fromBytes(bytes);
          if (letter.message() instanceof LineKey key && way == Way.TO_OPERATOR) {
            keys.put(
                2 * key.line() + (key.fromDownstream() ? 1 : 0),
                PublicKey.fromBytes(key.key(), COMPACT));
          } else if (letter.message() instanceof Consensus message) {
            PublicKey key = keys.get(2 * message.line() + (message.toDownstream() ? 1 : 0));
            try (Encryptor encryptor = CkksBackends.byName("java").encryptor(key)) {
              Payload payload = new Payload.Hidden(encryptor.encrypt(new double[71]).toBytes());
              return List.of(new Letter(letter.envelope(), with(message, payload)).toBytes());
            }
          }
          return List.of(bytes);
        };
    RunHooks hooks = Taps.hooks(tap);
    failsWith(backend, hooks, "a consensus of 71 values, not 72");
  }

  /** Every end gets the key of line 0's upper end, whoever is at the other end of its line. */
  @ParameterizedTest
  @MethodSource("backends")
  void keysOfOtherLinesAreRefused(String backend) {
    AtomicReference<byte[]> first = new AtomicReference<>();
    RunHooks hooks =
        onLineKey(
            Way.FROM_OPERATOR,
            key -> {
              first.compareAndSet(null, key.key());
              return new LineKey(key.line(), key.fromDownstream(), first.get());
            });
    assertThatThrownBy(() -> SixBus.run(settings(backend), hooks))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("is not the one that node");
  }

  /** What people may compare: the same wherever a key is held. */
  @ParameterizedTest
  @MethodSource("backends")
  void fingerprintsOfOwnersAndReceiversAgree(String backend) {
    Map<String, Set<String>> told = new ConcurrentHashMap<>();
    Map<String, Set<String>> holders = new ConcurrentHashMap<>();
    RunHooks hooks =
        new RunHooks() {
          @Override
          public void fingerprint(String key, String holder, String fingerprint) {
            told.computeIfAbsent(key, name -> ConcurrentHashMap.newKeySet()).add(fingerprint);
            holders.computeIfAbsent(key, name -> ConcurrentHashMap.newKeySet()).add(holder);
          }
        };
    SixBus.run(settings(backend), hooks);
    int ends = 2 * SixBus.CASE.lines().size();
    assertThat(told).hasSize(ends + SixBus.CASE.nodes().size()); // and a key each for the sums
    told.forEach(
        (key, fingerprints) -> {
          assertThat(fingerprints).as(key).hasSize(1);
          assertThat(holders.get(key)).as(key).hasSizeGreaterThan(1);
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRelabelledPublicKeyIsRefused(String backend) {
    assertPublicKeyRefused(
        backend, bytes -> sealed(edit(bytes, b -> b.putLong(KEY_ID, b.getLong(KEY_ID) + 1))));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aTruncatedPublicKeyIsRefused(String backend) {
    assertPublicKeyRefused(backend, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aPublicKeyOfOtherParametersIsRefused(String backend) {
    byte[] foreign;
    try (KeyPair keys = CkksBackends.byName("java").generateKeys(CkksParameters.published())) {
      foreign = keys.publicKey().toBytes();
    }
    assertPublicKeyRefused(backend, bytes -> foreign);
  }

  private static void assertPublicKeyRefused(String backend, UnaryOperator<byte[]> change) {
    RunHooks hooks =
        onLineKey(
            Way.FROM_OPERATOR,
            key ->
                key.line() == 2
                    ? new LineKey(2, key.fromDownstream(), change.apply(key.key()))
                    : key);
    assertThatThrownBy(() -> SixBus.run(settings(backend), hooks))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("for line 2 is not the one that node");
  }
}
