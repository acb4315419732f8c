package io.dualgrid.edge.newton;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSayTest {
  @ParameterizedTest
  @ValueSource(doubles = {1.0, 0.5, 0.01})
  void hearsWhoHasAHundredthOfAllAlways(double share) {
    assertThat(IntStream.range(0, 100)).allMatch(StepSay.of(7, share)::isHeard);
  }

  /** Equal sites: of n there are n/100 worth a hundredth together, each heard once in as many. */
  @ParameterizedTest
  @ValueSource(ints = {200, 1000, 3000, 10_000})
  void hearsAHundredOfEqualSitesInEachIteration(int sites) {
    for (int iteration = 1; iteration <= 40; iteration++) {
      int now = iteration;
      long heard =
          IntStream.range(0, sites)
              .filter(place -> StepSay.of(place, 1.0 / sites).isHeard(now))
              .count();
      // 0.01 n may round to one below, which is one turn in 0.01 n less
      assertThat(heard).isBetween(100L, 100L * sites / (sites - 100) + 1);
    }
  }

  @Test
  void hearsWhoHasNothingNowAndThen() {
    assertThat(IntStream.range(0, 1000).filter(StepSay.of(3, 0.0)::isHeard)).hasSize(1);
  }

  @Test
  void hearsTheRootAlways() {
    assertThat(IntStream.range(0, 100)).allMatch(StepSay.ALWAYS::isHeard);
  }
}
