package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
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
    PartyHooks counting =
        new PartyHooks() {
          @Override
          public CloudService cloud(CloudService cloud) {
            return new CloudService() {
              @Override
              public void accept(MaskedProblem problem) {
                cloud.accept(problem);
              }

              @Override
              public void forget(long mask) {
                cloud.forget(mask);
              }

              @Override
              public MaskedAnswer solve(MaskedLinearTerm term) {
                uses.merge(term.mask(), 1, Integer::sum);
                return cloud.solve(term);
              }
            };
          }
        };
    RunSettings settings = SixBus.settings(Privacy.RMME).withMaskLifetime(lifetime);
    SixBus.run(settings.withLimits(7, 2), counting);
    assertThat(uses.values()).allMatch(count -> count <= most).contains(most);
  }
}
