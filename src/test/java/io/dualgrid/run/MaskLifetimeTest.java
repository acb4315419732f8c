package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Taps;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskLifetimeTest {
  /** Penalties stand through the first iterations, so without a limit a mask serves them all. */
  @ParameterizedTest
  @CsvSource({"0, 7", "1, 1", "3, 3"})
  void noMaskIsUsedForMoreIterationsThanItMayLive(int lifetime, int most) {
    Map<Long, Integer> uses = new ConcurrentHashMap<>();
    RunHooks counting =
        Taps.reading(MaskedTerm.class, term -> uses.merge(term.mask(), 1, Integer::sum));
    RunSettings settings = SixBus.settings(Privacy.RMME).toBuilder().maskLifetime(lifetime).build();
    SixBus.run(settings.toBuilder().maxIterations(7).threads(2).build(), counting);
    assertThat(uses.values()).allMatch(count -> count <= most).contains(most);
  }
}
