package io.dualgrid.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.consensus.newton.NewtonStart;
import io.dualgrid.consensus.newton.NewtonStart.LimitPrice;
import io.dualgrid.consensus.newton.RowPlace;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmStartTest {
  private static final NewtonStart BEFORE =
      new NewtonStart(
          0.5,
          // steps 0 to 5 of P, then of Q: a day of four, and two looked ahead
          new double[] {10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25},
          List.of(
              new LimitPrice(new RowPlace(RowPlace.Kind.VOLTAGE, 1, 0), 1.0),
              new LimitPrice(new RowPlace(RowPlace.Kind.RATING, 2, 3, 7), 2.0),
              new LimitPrice(new RowPlace(RowPlace.Kind.VOLTAGE, 1, 5), 3.0)));

  @Test
  void takesHoursThatWereLookedAheadToAndElseThoseOfTheDayBefore() {
    NewtonStart after = WarmStart.after(BEFORE, 4, 6);
    assertThat(after.centre()).isEqualTo(0.5);
    assertThat(after.premiums()).containsExactly(14, 15, 12, 13, 14, 15, 24, 25, 22, 23, 24, 25);
    assertThat(after.limits())
        .containsExactlyInAnyOrder(
            new LimitPrice(new RowPlace(RowPlace.Kind.RATING, 2, 3, 7), 2.0),
            new LimitPrice(new RowPlace(RowPlace.Kind.VOLTAGE, 1, 1), 3.0),
            new LimitPrice(new RowPlace(RowPlace.Kind.VOLTAGE, 1, 5), 3.0));
  }

  @Test
  void theLastDayHasFewerSteps() {
    NewtonStart after = WarmStart.after(BEFORE, 4, 4);
    assertThat(after.premiums()).containsExactly(14, 15, 12, 13, 24, 25, 22, 23);
  }

  @Test
  void moreThanADayAheadIsTakenFromTheDayBeforeThat() {
    NewtonStart after = WarmStart.after(BEFORE, 2, 6);
    // known to hour 5; hours 4 and 5 of the new window are 6 and 7 of the old one
    assertThat(after.premiums()).startsWith(12, 13, 14, 15, 14, 15);
  }
}
