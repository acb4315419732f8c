package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that come again, out of order, late, not at all, or from long ago. */
@OneRound
class MessagesOnTheWayTest {
  private static RunSettings settings(Privacy privacy, Algorithm algorithm) {
    return SixBus.settings(privacy).toBuilder()
        .qpBackend("java")
        .ckksBackend("java")
        .algorithm(algorithm)
        .stopping(Stopping.STRICT)
        .maxIterations(8)
        .threads(2)
        .build();
  }

  private static RunResult run(Algorithm algorithm, MessageTap tap) {
    return SixBus.run(settings(Privacy.NONE, algorithm), Taps.hooks(tap));
  }

  private static void takesTheSameCourse(Algorithm algorithm, MessageTap tap) {
    RunResult undisturbed = run(algorithm, MessageTap.NONE);
    RunResult disturbed = run(algorithm, tap);
    assertThat(disturbed.notices()).isEqualTo(undisturbed.notices());
    assertThat(disturbed.iterations()).isEqualTo(undisturbed.iterations()).isPositive();
    for (int s = 0; s < undisturbed.dispatch().size(); s++) {
      assertThat(disturbed.dispatch().get(s).values())
          .containsExactly(undisturbed.dispatch().get(s).values());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "ACCELERATED"})
  void messagesThatComeTwiceChangeNothing(Algorithm algorithm) {
    takesTheSameCourse(algorithm, (way, edge, bytes) -> List.of(bytes, bytes.clone()));
  }

  /** Every message once more, a good while later. */
  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "ACCELERATED"})
  void messagesReplayedLaterChangeNothing(Algorithm algorithm) {
    Map<String, List<byte[]>> sent = new ConcurrentHashMap<>();
    takesTheSameCourse(
        algorithm,
        (way, edge, bytes) -> {
          List<byte[]> before = sent.computeIfAbsent(way + "/" + edge, link -> new ArrayList<>());
          before.add(bytes);
          List<byte[]> arriving = new ArrayList<>(List.of(bytes));
          if (before.size() > 20) {
            arriving.add(before.get(before.size() - 20));
            arriving.add(before.get(0));
          }
          return arriving;
        });
  }

  /** Of the copies that a node with several lines sends in a phase, the first is overtaken. */
  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "ACCELERATED"})
  void overtakenMessagesChangeNothing(Algorithm algorithm) {
    Map<Integer, byte[]> held = new ConcurrentHashMap<>();
    Map<Integer, Envelope> overtaken = new ConcurrentHashMap<>();
    takesTheSameCourse(
        algorithm,
        (way, edge, bytes) -> {
          if (way != Way.TO_OPERATOR) {
            return List.of(bytes);
          }
          byte[] first = held.remove(edge);
          if (first != null) {
            return List.of(bytes, first);
          }
          Letter letter = Letter.fromBytes(bytes);
          Envelope envelope = letter.envelope();
          Envelope last = overtaken.get(edge);
          boolean newPhase =
              last == null
                  || last.iteration() != envelope.iteration()
                  || last.phase() != envelope.phase();
          // in a sweep each line's copy is waited for on its own, so nothing would come after
          boolean severalAtOnce = envelope.phase() <= 2 && linesOf(edge) > 1;
          if (letter.message() instanceof Boundary && newPhase && severalAtOnce) {
            overtaken.put(edge, envelope);
            held.put(edge, bytes);
            return List.of();
          }
          return List.of(bytes);
        });
    assertThat(overtaken).isNotEmpty();
  }

  /** Loses every answer of every third phase, and asks again. */
  private static final class LosingTap implements MessageTap {
    private final Map<String, byte[]> lost = new ConcurrentHashMap<>();
    private final Set<String> repeated = ConcurrentHashMap.newKeySet();

    @Override
    public List<byte[]> pass(Way way, int edge, byte[] bytes) {
      Envelope envelope = Letter.fromBytes(bytes).envelope();
      if (envelope.iteration() == 0 || envelope.phase() % 3 != 1) {
        return List.of(bytes);
      }
      if (way == Way.FROM_OPERATOR) {
        return List.of(bytes, bytes.clone());
      }
      String name = edge + "/" + envelope.sequence();
      byte[] first = lost.putIfAbsent(name, bytes.clone());
      if (first == null) {
        return List.of();
      }
      assertThat(bytes).isEqualTo(first);
      repeated.add(name);
      return List.of(bytes);
    }
  }

  /** Nothing is computed, masked or encrypted a second time: the run takes the same course. */
  @ParameterizedTest
  @EnumSource
  void answersThatWereLostAreSentAgainAsTheyWere(Algorithm algorithm) {
    LosingTap tap = new LosingTap();
    takesTheSameCourse(algorithm, tap);
    assertThat(tap.repeated).isEqualTo(tap.lost.keySet()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource
  void encryptedAnswersThatWereLostAreSentAgainAsTheyWere(Algorithm algorithm) {
    LosingTap tap = new LosingTap();
    RunResult result = SixBus.run(settings(Privacy.CKKS, algorithm), Taps.hooks(tap));
    // the limit of iterations, or the end of the published rule
    assertThat(result.status()).as("%s", result.notices()).isNotEqualTo(RunStatus.FAILED);
    assertThat(tap.repeated).isEqualTo(tap.lost.keySet()).hasSizeGreaterThan(20);
  }

  private static long linesOf(int edge) {
    int node = SixBus.CASE.nodes().get(edge).id();
    return SixBus.CASE.lines().stream()
        .filter(line -> line.from() == node || line.to() == node)
        .count();
  }

  private static void failsAtOnce(RunResult result, String... words) {
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).first().asString().contains(words);
  }

  private static MessageTap once(Predicate<Letter> which, Function<Letter, List<byte[]>> instead) {
    AtomicBoolean done = new AtomicBoolean();
    return (way, edge, bytes) -> {
      Letter letter = Letter.fromBytes(bytes);
      boolean hit =
          way
                  == (letter.message() instanceof Consensus || letter.message() instanceof Broadcast
                      ? Way.FROM_OPERATOR
                      : Way.TO_OPERATOR)
              && letter.envelope().iteration() == 3
              && which.test(letter)
              && done.compareAndSet(false, true);
      return hit ? instead.apply(letter) : List.of(bytes);
    };
  }

  /** The operator waits for everybody, and says for whom. */
  @Test
  void aReportThatNeverComesIsNamed() {
    failsAtOnce(
        run(
            Algorithm.ACCELERATED,
            once(
                letter -> letter.message() instanceof Report && letter.envelope().party() == 2,
                letter -> List.of())),
        "iteration 3: phase ",
        "nothing comes any more from nodes [2]");
  }

  @Test
  void twoStoriesOfOneEdgeEndTheRunByName() {
    failsAtOnce(
        run(
            Algorithm.PUBLISHED,
            once(
                letter -> letter.message() instanceof Boundary,
                letter -> {
                  byte[] other = letter.toBytes();
                  // of the last value: behind it stands the length of a tag that is empty
                  other[other.length - 1 - Integer.BYTES] ^= 1;
                  return List.of(letter.toBytes(), other);
                })),
        "iteration 3: node ",
        "two different messages with number ");
  }

  @Test
  void twoStoriesOfTheOperatorEndTheRunByName() {
    failsAtOnce(
        run(
            Algorithm.PUBLISHED,
            once(
                letter -> letter.message() instanceof Broadcast,
                letter -> {
                  byte[] other = letter.toBytes();
                  other[other.length - 1] ^= 1;
                  return List.of(letter.toBytes(), other);
                })),
        "iteration 3: operator: ",
        "two different messages with number ");
  }

  /** An operator that goes back to an iteration that is over, under a number that is due. */
  @Test
  void anOrderOfAnEarlierIterationIsRefused() {
    failsAtOnce(
        run(
            Algorithm.ACCELERATED,
            once(
                letter -> letter.message() instanceof Broadcast,
                letter -> List.of(at(letter, 2, letter.envelope().phase()).toBytes()))),
        "not now: SOLVE_HALF",
        "iteration 2");
  }

  @Test
  void anOrderThatSkipsAPhaseIsRefused() {
    failsAtOnce(
        run(
            Algorithm.ACCELERATED,
            once(
                letter -> letter.message() instanceof Broadcast,
                letter -> List.of(at(letter, 3, 7).toBytes()))),
        "not now: SOLVE_HALF",
        "phase 7");
  }

  private static Letter at(Letter letter, int iteration, int phase) {
    Envelope envelope = letter.envelope();
    return new Letter(
        new Envelope(
            envelope.type(),
            envelope.run(),
            envelope.epoch(),
            iteration,
            phase,
            envelope.party(),
            envelope.sequence()),
        letter.message());
  }

  /** A consensus held back: the edge does not go on with what it read an iteration ago. */
  @Test
  void anOrderWithoutTheConsensusBeforeItIsRefused() {
    MessageTap renumbering = withoutConsensus();
    failsAtOnce(
        run(Algorithm.PUBLISHED, renumbering),
        "line ",
        "the operator goes on without its consensus");
  }

  /** Drops what comes for line 0 in iteration 3, and numbers on without a gap. */
  private static MessageTap withoutConsensus() {
    Map<Integer, Long> dropped = new ConcurrentHashMap<>();
    return (way, edge, bytes) -> {
      if (way != Way.FROM_OPERATOR) {
        return List.of(bytes);
      }
      Letter letter = Letter.fromBytes(bytes);
      Envelope envelope = letter.envelope();
      if (letter.message() instanceof Consensus consensus
          && consensus.line() == 0
          && envelope.iteration() == 3) {
        dropped.put(edge, 1L);
        return List.of();
      }
      long sequence = envelope.sequence() - dropped.getOrDefault(edge, 0L);
      Envelope renumbered =
          new Envelope(
              envelope.type(),
              envelope.run(),
              envelope.epoch(),
              envelope.iteration(),
              envelope.phase(),
              envelope.party(),
              sequence);
      return List.of(new Letter(renumbered, letter.message()).toBytes());
    };
  }
}
