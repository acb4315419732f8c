package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.protocol.AskProducts;
import io.dualgrid.protocol.AskStores;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonBegin;
import io.dualgrid.protocol.NewtonBound;
import io.dualgrid.protocol.NewtonKeep;
import io.dualgrid.protocol.NewtonLevels;
import io.dualgrid.protocol.NewtonOpen;
import io.dualgrid.protocol.NewtonPolish;
import io.dualgrid.protocol.NewtonRelax;
import io.dualgrid.protocol.NewtonRows;
import io.dualgrid.protocol.NewtonSweep;
import io.dualgrid.protocol.Taps;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operator that asks for more of newton than the search for what is short, where the algorithm
 * of the run is another: with costs, before the search, or twice.
 */
class ActiveSearchOperatorTest {
  private static final double[] PRICES = new double[48];

  /** Without bounds, so that no proof ends the run before the search. */
  private static RunResult instead(Class<? extends Message> of, Message order) {
    RunSettings settings =
        SixBus.settings(Privacy.NONE).toBuilder()
            .algorithm(Algorithm.ACCELERATED)
            .stopping(Stopping.PUBLISHED)
            .build();
    return DispatchEngine.run(
        InfeasibleCaseTest.STARVED,
        settings,
        RunObserver.NONE,
        Taps.hooks(
            (way, edge, bytes) -> {
              Letter letter = Letter.fromBytes(bytes);
              if (way != Way.FROM_OPERATOR || !of.isInstance(letter.message())) {
                return List.of(bytes);
              }
              Envelope on = letter.envelope();
              Envelope envelope =
                  new Envelope(
                      order.type(),
                      on.run(),
                      on.epoch(),
                      on.iteration(),
                      on.phase(),
                      on.party(),
                      on.sequence());
              return List.of(new Letter(envelope, order).toBytes());
            }));
  }

  private static void assertRefused(RunResult result) {
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices()).anyMatch(notice -> notice.contains("is no order of"));
  }

  static Stream<Message> beforeTheSearch() {
    return Stream.of(
        new NewtonRelax(),
        new NewtonRows(new int[] {1}, new int[] {0}),
        new NewtonLevels(new double[] {0}),
        new NewtonOpen(false, PRICES),
        new NewtonBound(true, PRICES));
  }

  @ParameterizedTest
  @MethodSource
  void beforeTheSearch(Message order) {
    RunResult result = instead(AskProducts.class, order);
    assertRefused(result);
    assertThat(result.iterations()).isZero();
  }

  static Stream<Message> withinTheSearch() {
    return Stream.of(
        new NewtonRelax(),
        new NewtonBound(false, PRICES),
        new NewtonBegin(PRICES, 0.0),
        new NewtonPolish(PRICES),
        new NewtonKeep(),
        new AskStores());
  }

  @ParameterizedTest
  @MethodSource
  void withinTheSearch(Message order) {
    assertRefused(instead(NewtonAim.class, order));
  }

  static Stream<Message> ofThePresentPoint() {
    return Stream.of(
        new NewtonSweep(), new NewtonOpen(false, PRICES), new NewtonBound(true, PRICES));
  }

  /** One sweep only, and no sums of the program before its costs are left out. */
  @ParameterizedTest
  @MethodSource
  void ofThePresentPoint(Message order) {
    assertRefused(instead(NewtonRelax.class, order));
  }
}
