package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonDirect;
import io.dualgrid.protocol.NewtonOpen;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.RootOrder;
import io.dualgrid.protocol.RootTurn;
import io.dualgrid.protocol.RootVerdict;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.Taps;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumException;
import io.dualgrid.securesum.SecureSumTotal;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Newton where the root solves for prices, and the operator can read no sum. */
@OneRound
class RootCourseTest {
  private static final int ROOT = 0;
  private static final int SITES = SixBus.CASE.nodes().size();

  private static RunSettings settings(Privacy privacy, Sensitivities sensitivities) {
    return SixBus.settings(privacy).toBuilder()
        .algorithm(Algorithm.NEWTON)
        .sensitivities(sensitivities)
        .build();
  }

  private static RunResult run(
      GridCase gridCase, Privacy privacy, Sensitivities sensitivities, MessageTap tap) {
    return DispatchEngine.run(
        gridCase, settings(privacy, sensitivities), RunObserver.NONE, Taps.hooks(tap));
  }

  private static final MessageTap NOTHING = (way, edge, bytes) -> List.of(bytes);

  /** Every letter on its way to the operator, by the sums that go into one round. */
  private static final class Operator {
    final Map<Long, List<Payload>> reports = new TreeMap<>();
    final List<Message> received = Collections.synchronizedList(new ArrayList<>());
    final List<Message> orders = Collections.synchronizedList(new ArrayList<>());
    final List<Payload> totals = Collections.synchronizedList(new ArrayList<>());

    synchronized List<byte[]> record(Way way, int edge, byte[] bytes) {
      Letter letter = Letter.fromBytes(bytes);
      Envelope on = letter.envelope();
      if (way == Way.TO_OPERATOR) {
        received.add(letter.message());
        if (letter.message() instanceof Report report) {
          reports
              .computeIfAbsent(
                  Envelope.round(on.iteration(), on.phase()), round -> new ArrayList<>())
              .add(report.values());
        }
      } else if (letter.message() instanceof RootTurn turn) {
        turn.total().ifPresent(totals::add);
      } else if (letter.message() instanceof Broadcast && edge == ROOT) {
        orders.add(letter.message());
      }
      return List.of(bytes);
    }
  }

  /** In the clear the sums are the same numbers whoever reads them, and so is all that follows. */
  @Test
  void takesTheCourseOfBlocks() {
    RunResult blocks = run(SixBus.CASE, Privacy.NONE, Sensitivities.BLOCKS, NOTHING);
    RunResult root = run(SixBus.CASE, Privacy.NONE, Sensitivities.ROOT, NOTHING);

    assertThat(root.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(root.iterations()).isEqualTo(blocks.iterations());
    assertThat(root.totalCost()).isEqualTo(blocks.totalCost());
    assertThat(root.lowerBound()).isEqualTo(blocks.lowerBound());
    assertThat(root.start()).isPresent();
    for (int k = 0; k < root.dispatch().size(); k++) {
      assertThat(root.dispatch().get(k).values())
          .containsExactly(blocks.dispatch().get(k).values());
    }
    for (int k = 0; k < root.iterations(); k++) {
      assertThat(root.history().get(k).primalResidual())
          .isEqualTo(blocks.history().get(k).primalResidual());
    }
  }

  /** Encryption rounds copies to 1e-8, which the certified gap covers a thousand times. */
  @Test
  void certifiesTheOptimumUnderEncryption() {
    RunResult root = run(SixBus.CASE, Privacy.CKKS, Sensitivities.ROOT, NOTHING);
    assertThat(root.status()).isEqualTo(RunStatus.CONVERGED);
    double gap = root.totalCost() / SixBus.CENTRAL.totalCost() - 1;
    assertThat(gap).isBetween(-1e-6, 1e-4);
    assertThat(root.visibility().get("operator")).contains("only the root can read");
  }

  private static double[] sums(List<Payload> reports, long round) {
    List<SecureSumContribution> contributions =
        reports.stream()
            .map(report -> SecureSumContribution.fromBytes(((Payload.Hidden) report).bytes()))
            .toList();
    return new SecureSumAggregator(SITES).sum(round, contributions, FixedPoint.forReports(SITES));
  }

  /**
   * What an operator does that keeps every byte: it adds what came for each round. With {@code
   * blocks} these are the sums; with {@code root} not one of them comes out, the check of the masks
   * included, which would be right by chance once in 2^128.
   */
  @Test
  void whatTheOperatorReceivesAddsUpToNothing() {
    Operator open = new Operator();
    run(SixBus.CASE, Privacy.CKKS, Sensitivities.BLOCKS, open::record);
    assertThat(open.reports).hasSizeGreaterThan(50);
    open.reports.forEach((round, reports) -> assertThat(sums(reports, round)).isNotEmpty());

    Operator blind = new Operator();
    run(SixBus.CASE, Privacy.CKKS, Sensitivities.ROOT, blind::record);
    assertThat(blind.reports).hasSizeGreaterThan(50);
    blind.reports.forEach(
        (round, reports) ->
            assertThatThrownBy(() -> sums(reports, round)).isInstanceOf(SecureSumException.class));
    // and what it hands to the root is no more than these
    assertThat(blind.totals).hasSameSizeAs(blind.reports.values());
    for (Payload total : blind.totals) {
      SecureSumTotal handed = SecureSumTotal.fromBytes(((Payload.Hidden) total).bytes());
      assertThatThrownBy(() -> handed.read(SITES, FixedPoint.forReports(SITES)))
          .isInstanceOf(SecureSumException.class);
    }
  }

  /** Besides keys, ciphertexts and masked numbers there is what the root has it tell everybody. */
  @Test
  void theOperatorReceivesNothingElse() {
    Operator blind = new Operator();
    run(SixBus.CASE, Privacy.CKKS, Sensitivities.ROOT, blind::record);
    List<Message> relayed = new ArrayList<>();
    for (Message message : blind.received) {
      if (message instanceof Boundary copies) {
        assertThat(copies.underOwnKey()).isInstanceOf(Payload.Hidden.class);
        assertThat(copies.underNeighbourKey()).isInstanceOf(Payload.Hidden.class);
      } else if (message instanceof Report report) {
        assertThat(report.values()).isInstanceOf(Payload.Hidden.class);
      } else if (message instanceof RootOrder order) {
        relayed.add(order.order());
      } else {
        assertThat(message)
            .isInstanceOfAny(SiteKeys.class, LineKey.class, TreePart.class, RootVerdict.class);
      }
    }
    assertThat(relayed.stream().map(Message::type).toList())
        .isEqualTo(blind.orders.stream().map(Message::type).toList());
  }

  /**
   * Prices and steps follow from sums, but none is one: in a run in the clear, of which all sums
   * are known, no number that the root has all told is a sum of its iteration.
   */
  @Test
  void noOrderCarriesASum() {
    Operator clear = new Operator();
    run(SixBus.CASE, Privacy.NONE, Sensitivities.ROOT, clear::record);
    Set<Double> sums = new HashSet<>();
    for (Payload total : clear.totals) {
      Arrays.stream(((Payload.Plain) total).values())
          .filter(RootCourseTest::says)
          .forEach(sums::add);
    }
    assertThat(sums).hasSizeGreaterThan(500);
    for (Message order : clear.orders) {
      assertThat(Arrays.stream(numbers(order)).filter(sums::contains).toArray())
          .as("%s", order.type())
          .isEmpty();
    }
  }

  /** Whether a number is not one of the few that anything may come to: counts, zero. */
  private static boolean says(double value) {
    return value != Math.rint(value);
  }

  private static double[] numbers(Message order) {
    if (order instanceof NewtonOpen open) {
      return open.prices();
    }
    if (order instanceof NewtonDirect direct) {
      return direct.prices();
    }
    return order instanceof NewtonAim aim ? new double[] {aim.target()} : new double[0];
  }

  private static List<byte[]> with(Letter letter, Message message) {
    Envelope on = letter.envelope();
    return List.of(
        new Letter(
                new Envelope(
                    message.type(),
                    on.run(),
                    on.epoch(),
                    on.iteration(),
                    on.phase(),
                    on.party(),
                    on.sequence()),
                message)
            .toBytes());
  }

  /** Told to all alike: with the operator at the prices this would pass. */
  @Test
  void theOperatorGivesNoOrdersOfItsOwn() {
    RunResult result =
        run(
            SixBus.CASE,
            Privacy.CKKS,
            Sensitivities.ROOT,
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              return way == Way.FROM_OPERATOR && letter.message() instanceof NewtonAim aim
                  ? with(letter, new NewtonAim(2 * aim.target() + 0.1, aim.corrected()))
                  : List.of(bytes);
            });
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices())
        .anyMatch(notice -> notice.contains("has changed the root's order NEWTON_AIM"));
    assertThat(result.totalCost()).isNaN();
  }

  private interface Forgery {
    Payload of(Payload total);
  }

  private static Forgery[] forgeries() {
    Payload[] before = new Payload[1];
    return new Forgery[] {
      total -> new Payload.Plain(new double[200]),
      total -> new Payload.Hidden(new byte[] {1, 2, 3}),
      total -> {
        // the last number tells whether masks cancel
        byte[] bytes = ((Payload.Hidden) total).bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        return new Payload.Hidden(bytes);
      },
      total -> {
        Payload older = before[0] == null ? total : before[0];
        before[0] = total;
        return older;
      }
    };
  }

  /** What comes in place of a total ends the run; the root does not go on with a guess. */
  @ParameterizedTest
  @MethodSource("forgeries")
  void aTotalThatIsNoneIsRefused(Forgery forgery) {
    RunResult result =
        run(
            SixBus.CASE,
            Privacy.CKKS,
            Sensitivities.ROOT,
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              boolean later = letter.envelope().iteration() > 1;
              return later && letter.message() instanceof RootTurn turn && turn.total().isPresent()
                  ? with(letter, new RootTurn(turn.total().map(forgery::of)))
                  : List.of(bytes);
            });
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.totalCost()).isNaN();
  }

  /** A turn that comes twice as other bytes, or before the order has been told. */
  @Test
  void theRootGoesOnWhenItsOrderHasBeenHeardOnly() {
    boolean[] dropped = new boolean[1];
    RunResult result =
        run(
            SixBus.CASE,
            Privacy.NONE,
            Sensitivities.ROOT,
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              if (way == Way.FROM_OPERATOR
                  && edge == ROOT
                  && letter.envelope().iteration() == 2
                  && letter.message() instanceof NewtonAim
                  && !dropped[0]) {
                dropped[0] = true;
                return with(letter, new RootTurn(Optional.empty()));
              }
              return List.of(bytes);
            });
    assertThat(dropped[0]).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices())
        .anyMatch(notice -> notice.contains("has not heard its order NEWTON_AIM"));
  }

  /** Every letter twice: the second time it is none. */
  @Test
  void lettersThatComeTwiceChangeNothing() {
    RunResult result =
        run(
            SixBus.CASE,
            Privacy.CKKS,
            Sensitivities.ROOT,
            (way, edge, bytes) -> List.of(bytes, bytes));
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
  }
}
