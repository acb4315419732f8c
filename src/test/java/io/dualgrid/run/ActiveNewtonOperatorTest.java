package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.NearGrid;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonBegin;
import io.dualgrid.protocol.NewtonBound;
import io.dualgrid.protocol.NewtonDirect;
import io.dualgrid.protocol.NewtonFind;
import io.dualgrid.protocol.NewtonLevels;
import io.dualgrid.protocol.NewtonMove;
import io.dualgrid.protocol.NewtonMultiply;
import io.dualgrid.protocol.NewtonOpen;
import io.dualgrid.protocol.NewtonPolish;
import io.dualgrid.protocol.NewtonRows;
import io.dualgrid.protocol.NewtonSwitch;
import io.dualgrid.protocol.Taps;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.site.GridCase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator that gives the orders of the coupled interior-point method otherwise than it should,
 * against the real energy systems. What it tells all alike is its decision, within bounds that
 * edges hold; what it tells one alone, sums and tags show in the same phase or the next.
 */
class ActiveNewtonOperatorTest {
  /** A leaf of 6-bus: its flow is its injection. */
  private static final int VICTIM = 6;

  private static final int STEPS = 24;

  /** 6-bus with a lower voltage limit that its lowest voltages are near, so that rows enter. */
  private static final GridCase TIGHT = tight();

  private static GridCase tight() {
    double lowest =
        DispatchEngine.run(SixBus.CASE, settings(Privacy.NONE, "auto"), RunObserver.NONE)
            .voltageMinPu();
    NetworkLimits limits = SixBus.CASE.limits();
    return new GridCase(
        SixBus.CASE.name(),
        SixBus.CASE.source(),
        new NetworkLimits(
            limits.horizonHours(),
            limits.profileRows(),
            limits.basePowerKw(),
            limits.baseImpedanceOhm(),
            lowest - 3e-4,
            limits.voltageMaxPu(),
            limits.rootVoltagePu(),
            limits.exchangeMaxKw(),
            limits.networkChargePerKwh()),
        SixBus.CASE.nodes(),
        SixBus.CASE.lines(),
        SixBus.CASE.tree());
  }

  private static RunSettings settings(Privacy privacy, String backend) {
    return SixBus.settings(privacy).toBuilder()
        .algorithm(Algorithm.NEWTON)
        .stopping(Stopping.STRICT)
        .ckksBackend(backend)
        .build();
  }

  private static RunResult run(Privacy privacy, String backend, MessageTap tap) {
    return DispatchEngine.run(TIGHT, settings(privacy, backend), RunObserver.NONE, Taps.hooks(tap));
  }

  private static double[] moved(double[] values) {
    double[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += 1e-3;
    }
    return moved;
  }

  private static int[] reversed(int[] values) {
    assertThat(values).hasSizeGreaterThan(1);
    int[] reversed = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  /** The same letter with another message in it. */
  private static List<byte[]> with(Letter letter, Message message) {
    Envelope on = letter.envelope();
    Envelope envelope =
        new Envelope(
            message.type(),
            on.run(),
            on.epoch(),
            on.iteration(),
            on.phase(),
            on.party(),
            on.sequence());
    return List.of(new Letter(envelope, message).toBytes());
  }

  /** An order, and another in its place. */
  private record Other<M extends Message>(Class<M> type, UnaryOperator<M> change) {
    Message of(Message message) {
      return change.apply(type.cast(message));
    }

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  static Stream<Arguments> others() {
    return RoundBackends.ckks()
        .flatMap(
            backend ->
                Stream.of(
                        new Other<>(
                            NewtonOpen.class, o -> new NewtonOpen(o.full(), moved(o.prices()))),
                        new Other<>(
                            NewtonAim.class, o -> new NewtonAim(o.target() + 0.1, o.corrected())),
                        new Other<>(
                            NewtonMultiply.class, o -> new NewtonMultiply(moved(o.prices()))),
                        new Other<>(NewtonDirect.class, o -> new NewtonDirect(moved(o.prices()))),
                        new Other<>(NewtonMove.class, o -> new NewtonMove(0.0, o.dual())),
                        new Other<>(
                            NewtonBound.class, o -> new NewtonBound(o.free(), moved(o.prices()))),
                        new Other<>(NewtonPolish.class, o -> new NewtonPolish(moved(o.prices()))),
                        new Other<>(NewtonLevels.class, o -> new NewtonLevels(moved(o.places()))),
                        new Other<>(
                            NewtonFind.class,
                            o ->
                                new NewtonFind(
                                    o.bit(), o.places(), moved(o.levels()), o.prefixes())),
                        new Other<>(
                            NewtonRows.class,
                            o -> new NewtonRows(reversed(o.nodes()), reversed(o.limits()))))
                    .map(other -> Arguments.of(backend, other)));
  }

  /**
   * A price, a target, a step or a row for one alone: the difference to an honest run would be what
   * that one answers. The masks of the next sum, or the next tag, are of another transcript.
   */
  @ParameterizedTest
  @MethodSource("others")
  void whatOneAloneIsToldIsNoticed(String backend, Other<?> other) {
    AtomicBoolean told = new AtomicBoolean();
    RunResult result =
        run(
            Privacy.CKKS,
            backend,
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              if (way != Way.FROM_OPERATOR
                  || edge != VICTIM
                  || !other.type().isInstance(letter.message())) {
                return List.of(bytes);
              }
              told.set(true);
              return with(letter, other.of(letter.message()));
            });
    assertThat(told).isTrue();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).anyMatch(ActiveNewtonOperatorTest::isNoticed);
  }

  private static boolean isNoticed(String words) {
    return words.contains("the masks do not cancel")
        || words.matches(".*line \\d+: the consensus.*");
  }

  /** Before the first iteration a refusal ends the run at once. */
  @ParameterizedTest
  @MethodSource("backends")
  void aStartThatOneAloneIsToldIsNoticed(String backend) {
    assertThatThrownBy(
            () ->
                run(
                    Privacy.CKKS,
                    backend,
                    (way, edge, bytes) -> {
                      Letter letter = Letter.fromBytes(bytes);
                      return way == Way.FROM_OPERATOR
                              && edge == VICTIM
                              && letter.message() instanceof NewtonBegin begin
                          ? with(letter, new NewtonBegin(moved(begin.prices()), begin.centre()))
                          : List.of(bytes);
                    }))
        .matches(thrown -> isNoticed(thrown.getMessage()));
  }

  static Stream<Arguments> olders() {
    return RoundBackends.ckks()
        .flatMap(
            backend ->
                Stream.of(
                        NewtonOpen.class,
                        NewtonAim.class,
                        NewtonMultiply.class,
                        NewtonDirect.class,
                        NewtonMove.class)
                    .map(type -> Arguments.of(backend, type)));
  }

  /** The order of an iteration ago, under the present numbers, for one alone. */
  @ParameterizedTest
  @MethodSource("olders")
  void anOlderOrderForOneAloneIsNoticed(String backend, Class<? extends Message> type) {
    Map<Integer, Message> ofIteration = new ConcurrentHashMap<>();
    RunResult result =
        run(
            Privacy.CKKS,
            backend,
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              int iteration = letter.envelope().iteration();
              if (way != Way.FROM_OPERATOR
                  || edge != VICTIM
                  || !type.isInstance(letter.message())) {
                return List.of(bytes);
              }
              ofIteration.putIfAbsent(iteration, letter.message());
              Message older = iteration < 3 ? letter.message() : ofIteration.get(iteration - 1);
              return with(letter, older);
            });
    assertThat(result.iterations()).isEqualTo(type == NewtonMove.class ? 3 : 2);
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).anyMatch(ActiveNewtonOperatorTest::isNoticed);
  }

  private static RunResult insteadOfTheFirstAim(Privacy privacy, String backend, Message order) {
    return run(
        privacy,
        backend,
        (way, edge, bytes) -> {
          Letter letter = Letter.fromBytes(bytes);
          return way == Way.FROM_OPERATOR && letter.message() instanceof NewtonAim
              ? with(letter, order)
              : List.of(bytes);
        });
  }

  static Stream<String> backends() {
    return RoundBackends.ckks();
  }

  /**
   * The flow into a leaf is what the leaf injects: a row for it, which all are told, would show the
   * operator that injection in each iteration from then on.
   */
  @ParameterizedTest
  @MethodSource("backends")
  void aLimitThatIsNotNearIsRefusedByItsOwner(String backend) {
    for (int side = 2; side < NearGrid.SIDES; side++) {
      RunResult result =
          insteadOfTheFirstAim(
              Privacy.CKKS,
              backend,
              new NewtonRows(new int[] {VICTIM}, new int[] {side * STEPS + 7}));
      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.notices())
          .anyMatch(
              notice ->
                  notice.contains("node " + SixBus.CASE.nodes().get(VICTIM).id() + ": limit")
                      && notice.contains("is not near"));
    }
  }

  @Test
  void limitsThatAreNoneAreRefused() {
    int[][] none = {
      {SixBus.CASE.nodes().size(), 0}, {1, NearGrid.SIDES * STEPS}, {1, Integer.MAX_VALUE}
    };
    for (int[] one : none) {
      RunResult result =
          insteadOfTheFirstAim(
              Privacy.NONE, "auto", new NewtonRows(new int[] {one[0]}, new int[] {one[1]}));
      assertThat(result.status()).isEqualTo(RunStatus.FAILED);
      assertThat(result.notices())
          .anyMatch(notice -> notice.contains("limit " + one[1] + " of energy system " + one[0]));
    }
    // the root has no limits that enter
    assertThat(
            insteadOfTheFirstAim(
                    Privacy.NONE, "auto", new NewtonRows(new int[] {0}, new int[] {STEPS}))
                .notices())
        .anyMatch(notice -> notice.contains("is not near"));
  }

  @Test
  void aLimitEntersOnce() {
    RunResult result =
        run(
            Privacy.NONE,
            "auto",
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              if (way == Way.FROM_OPERATOR && letter.message() instanceof NewtonRows rows) {
                int[] nodes = {rows.nodes()[0], rows.nodes()[0]};
                int[] limits = {rows.limits()[0], rows.limits()[0]};
                return with(letter, new NewtonRows(nodes, limits));
              }
              return List.of(bytes);
            });
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).anyMatch(notice -> notice.contains("has entered before"));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sensitivitiesBetweenStepsAreToldOnlyWhereTheRunWasSetUpSo(String backend) {
    RunResult result =
        run(
            Privacy.CKKS,
            backend,
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              return way == Way.FROM_OPERATOR && letter.message() instanceof NewtonOpen open
                  ? with(letter, new NewtonOpen(true, open.prices()))
                  : List.of(bytes);
            });
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices())
        .anyMatch(notice -> notice.contains("sensitivities between all steps"));
  }

  /** Who may ask for states again and again would see how they answer prices. */
  @ParameterizedTest
  @EnumSource
  void devicesAreSwitchedInTheirOrderOnly(NewtonSwitch.Stage stage) {
    RunResult result = insteadOfTheFirstAim(Privacy.NONE, "auto", new NewtonSwitch(stage));
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices())
        .anyMatch(
            notice ->
                notice.contains(
                    stage == NewtonSwitch.Stage.AT_PRICES
                        ? "no point was kept to fix states by"
                        : "devices are not to be switched now"));
  }

  /** By another numbering, limits of one node would be those of another. */
  @Test
  void aNumberingThatIsNotOfTheFeederIsRefused() {
    assertThatThrownBy(
            () ->
                run(
                    Privacy.NONE,
                    "auto",
                    (way, edge, bytes) -> {
                      Letter letter = Letter.fromBytes(bytes);
                      return letter.message() instanceof Welcome first && first.index() > 4
                          ? with(
                              letter,
                              new Welcome(
                                  11 - first.index(),
                                  first.parties(),
                                  first.root(),
                                  first.evenDepth(),
                                  first.lines()))
                          : List.of(bytes);
                    }))
        .hasMessageMatching("node \\d is not number \\d of the feeder");
  }

  /** Every order twice: the second time it is none. */
  @ParameterizedTest
  @MethodSource("backends")
  void repeatedOrdersAreIgnored(String backend) {
    RunResult result =
        run(
            Privacy.CKKS,
            backend,
            (way, edge, bytes) ->
                way == Way.FROM_OPERATOR ? List.of(bytes, bytes) : List.of(bytes));
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
  }
}
