package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.mask.AnswerVerdict;
import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.parties.RunSettings.BadAnswerPolicy;
import io.dualgrid.qp.QpStatus;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cloud that gives wrong answers is found out, and costs nothing but time. */
class LyingCloudTest {
  private enum Lie {
    NAN(AnswerVerdict.NOT_FINITE) {
      @Override
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
        double[] y = truth.y().clone();
        y[0] = Double.NaN;
        return answer(truth, y, truth.multipliers());
      }
    },
    INFINITE_MULTIPLIER(AnswerVerdict.NOT_FINITE) {
      @Override
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
        double[] multipliers = truth.multipliers().clone();
        multipliers[0] = Double.NEGATIVE_INFINITY;
        return answer(truth, truth.y(), multipliers);
      }
    },
    TRUNCATED(AnswerVerdict.TRUNCATED) {
      @Override
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
        return answer(truth, Arrays.copyOf(truth.y(), truth.y().length - 1), truth.multipliers());
      }
    },
    STALE(AnswerVerdict.STALE) {
      @Override
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
        return before;
      }
    },
    UNSOLVED(AnswerVerdict.NOT_SOLVED) {
      @Override
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
        return new MaskedAnswer(
            truth.mask(),
            truth.sequence(),
            QpStatus.PRIMAL_INFEASIBLE,
            truth.y(),
            truth.multipliers(),
            1);
      }
    },
    INFEASIBLE(AnswerVerdict.INFEASIBLE) {
      @Override
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
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
      MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before) {
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
    abstract MaskedAnswer tell(MaskedAnswer truth, MaskedAnswer before);

    private static MaskedAnswer answer(MaskedAnswer truth, double[] y, double[] multipliers) {
      return new MaskedAnswer(
          truth.mask(), truth.sequence(), truth.status(), y, multipliers, truth.iterations());
    }
  }

  /** Lies in every third answer it gives under a mask. */
  private static final class LyingCloud implements CloudService {
    private final CloudService honest;
    private final Lie lie;
    private final AtomicInteger lies;
    private final ConcurrentHashMap<Long, MaskedAnswer> last = new ConcurrentHashMap<>();

    LyingCloud(CloudService honest, Lie lie, AtomicInteger lies) {
      this.honest = honest;
      this.lie = lie;
      this.lies = lies;
    }

    @Override
    public void accept(MaskedProblem problem) {
      honest.accept(problem);
    }

    @Override
    public void forget(long mask) {
      honest.forget(mask);
      last.remove(mask);
    }

    @Override
    public MaskedAnswer solve(MaskedLinearTerm term) {
      MaskedAnswer truth = honest.solve(term);
      MaskedAnswer before = last.put(term.mask(), truth);
      if (term.sequence() % 3 != 0 || before == null) {
        return truth;
      }
      lies.incrementAndGet();
      return lie.tell(truth, before);
    }
  }

  private static PartyHooks lying(Lie lie, AtomicInteger lies) {
    return new PartyHooks() {
      @Override
      public CloudService cloud(CloudService cloud) {
        return new LyingCloud(cloud, lie, lies);
      }
    };
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
    assertThat(result.totalCost()).isCloseTo(SixBus.CENTRAL.totalCost(), withinPercentage(0.01));
  }

  @Test
  void theRunStopsAtTheFirstLieWhereThatIsAskedFor() {
    RunSettings settings = SixBus.settings(Privacy.RMME).withBadAnswers(BadAnswerPolicy.STOP);
    RunResult result = SixBus.run(settings, lying(Lie.INFEASIBLE, new AtomicInteger()));
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.notices().get(0))
        .matches("iteration \\d+: node \\d+.*")
        .contains(AnswerVerdict.INFEASIBLE.description());
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
}
