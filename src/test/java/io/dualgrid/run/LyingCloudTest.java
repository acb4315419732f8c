package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.mask.AnswerVerdict;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.protocol.Taps;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cloud that gives wrong answers is found out, and costs nothing but time. */
class LyingCloudTest {
  private enum Lie {
    NAN(AnswerVerdict.NOT_FINITE) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        double[] y = truth.y().clone();
        y[0] = Double.NaN;
        return answer(truth, y, truth.multipliers());
      }
    },
    INFINITE_MULTIPLIER(AnswerVerdict.NOT_FINITE) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        double[] multipliers = truth.multipliers().clone();
        multipliers[0] = Double.NEGATIVE_INFINITY;
        return answer(truth, truth.y(), multipliers);
      }
    },
    TRUNCATED(AnswerVerdict.TRUNCATED) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        return answer(truth, Arrays.copyOf(truth.y(), truth.y().length - 1), truth.multipliers());
      }
    },
    STALE(AnswerVerdict.STALE) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        return before;
      }
    },
    UNSOLVED(AnswerVerdict.NOT_SOLVED) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        return new MaskedSolution(
            truth.mask(), truth.number(), false, truth.y(), truth.multipliers(), 1);
      }
    },
    INFEASIBLE(AnswerVerdict.INFEASIBLE) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        double[] y = truth.y().clone();
        for (int i = 0; i < y.length; i++) {
          y[i] = 1e3 * (1 + y[i]);
        }
        return answer(truth, y, truth.multipliers());
      }
    },
    /** Feasible, but with multipliers of another point. */
    NOT_OPTIMAL(AnswerVerdict.NOT_STATIONARY) {
      @Override
      MaskedSolution tell(MaskedSolution truth, MaskedSolution before) {
        double[] multipliers = truth.multipliers().clone();
        for (int i = 0; i < multipliers.length; i++) {
          multipliers[i] += 1;
        }
        return answer(truth, truth.y(), multipliers);
      }
    };

    private final AnswerVerdict verdict;

    Lie(AnswerVerdict verdict) {
      this.verdict = verdict;
    }

    /**
     * The lie.
     *
     * @param truth what an honest cloud would say
     * @param before what it said last under this mask
     */
    abstract MaskedSolution tell(MaskedSolution truth, MaskedSolution before);

    private static MaskedSolution answer(MaskedSolution truth, double[] y, double[] multipliers) {
      return new MaskedSolution(
          truth.mask(), truth.number(), truth.solved(), y, multipliers, truth.iterations());
    }
  }

  /** Lies in every third answer under a mask. */
  private static RunHooks lying(Lie lie, AtomicInteger lies) {
    ConcurrentHashMap<Long, MaskedSolution> last = new ConcurrentHashMap<>();
    return Taps.changing(
        Way.FROM_CLOUD,
        MaskedSolution.class,
        truth -> {
          MaskedSolution before = last.put(truth.mask(), truth);
          if (truth.number() % 3 != 0 || before == null) {
            return truth;
          }
          lies.incrementAndGet();
          return lie.tell(truth, before);
        });
  }

  @ParameterizedTest
  @EnumSource
  void everyLieIsCountedUnderItsNameAndChangesNothing(Lie lie) {
    AtomicInteger lies = new AtomicInteger();
    RunResult result = SixBus.run(SixBus.settings(Privacy.RMME), lying(lie, lies));
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(lies).hasPositiveValue();
    assertThat(result.notices())
        .singleElement()
        .asString()
        .startsWith(
            lies + " answers of the cloud rejected as " + lie.verdict.description() + "; nodes [");
    // as without lies: the gap that the strict rule certifies
    assertThat(result.totalCost())
        .isCloseTo(SixBus.CENTRAL.totalCost(), withinPercentage(SixBus.GAP_PERCENT));
  }

  @Test
  void theRunStopsAtTheFirstLieWhereThatIsAskedFor() {
    RunSettings settings =
        SixBus.settings(Privacy.RMME).toBuilder().onBadAnswer(BadAnswerPolicy.STOP).build();
    RunResult result = SixBus.run(settings, lying(Lie.INFEASIBLE, new AtomicInteger()));
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices().get(0))
        .matches("iteration \\d+: node \\d+.*")
        .contains(AnswerVerdict.INFEASIBLE.description());
    assertThat(result.iterations()).isPositive();
    assertThat(result.totalCost()).isNaN();
    // what is handed over are the last good solutions, not what the cloud made up, which is
    // in the 100 MW; the optimum of this case has no power above 30 kW
    result
        .dispatch()
        .forEach(
            series -> {
              for (double value : series.values()) {
                assertThat(Math.abs(value)).as("%s", series).isLessThan(1e3);
              }
            });
  }

  /** What cannot be read, never comes, or comes from a cloud that has lost everything. */
  @ParameterizedTest
  @ValueSource(strings = {"GARBLED", "SILENT", "FORGETFUL"})
  void aCloudThatFailsStopsNoRun(String failure) {
    AtomicInteger answers = new AtomicInteger();
    MessageTap tap =
        (way, edge, bytes) -> {
          if (way != Way.FROM_CLOUD
              || !(Letter.fromBytes(bytes).message() instanceof MaskedSolution solution)
              || answers.incrementAndGet() % 10 != 0) {
            return List.of(bytes);
          }
          return switch (failure) {
            case "GARBLED" -> List.of(Arrays.copyOf(bytes, bytes.length - 1));
            case "SILENT" -> List.of();
            default -> {
              MaskStored lost = new MaskStored(solution.mask(), false);
              Envelope envelope = Letter.fromBytes(bytes).envelope();
              Envelope other =
                  new Envelope(
                      lost.type(), envelope.run(), 1, 0, 0, envelope.party(), envelope.sequence());
              yield List.of(new Letter(other, lost).toBytes());
            }
          };
        };
    RunHooks hooks =
        new RunHooks() {
          @Override
          public MessageTap tap() {
            return tap;
          }

          @Override
          public long cloudDeadlineMillis() {
            return failure.equals("SILENT") ? 20 : 60_000;
          }
        };
    RunResult result = SixBus.run(SixBus.settings(Privacy.RMME), hooks);
    assertThat(result.status()).as("%s", result.notices()).isEqualTo(RunStatus.CONVERGED);
    assertThat(result.totalCost())
        .isCloseTo(SixBus.CENTRAL.totalCost(), withinPercentage(SixBus.GAP_PERCENT));
    if (failure.equals("FORGETFUL")) {
      assertThat(result.notices()).as("it got the program again").isEmpty();
    } else {
      assertThat(result.notices())
          .anyMatch(notice -> notice.contains("since the cloud did not answer in time"));
    }
  }
}
