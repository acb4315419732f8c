package io.dualgrid.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.audit.OperatorAttacks.Finding;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.NewtonAim;
import io.dualgrid.protocol.NewtonOpen;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NewtonAuditTest {
  private static final int STEPS = 8;

  private static RunSettings settings(Privacy privacy, Sensitivities sensitivities) {
    return RunSettings.builder()
        .privacy(privacy)
        .algorithm(Algorithm.NEWTON)
        .sensitivities(sensitivities)
        .steps(STEPS)
        .threads(2)
        .build();
  }

  private static SumRecorder record(Privacy privacy, Sensitivities sensitivities) {
    SumRecorder recorder = new SumRecorder();
    DispatchEngine.run(
        CaseLocator.read("6-bus"), settings(privacy, sensitivities), RunObserver.NONE, recorder);
    return recorder;
  }

  @ParameterizedTest
  @EnumSource(
      value = Sensitivities.class,
      names = {"BLOCKS", "ROOT"})
  void aRealRunHolds(Sensitivities sensitivities) {
    NewtonAudit audit =
        NewtonAudit.of(CaseLocator.read("6-bus"), settings(Privacy.CKKS, sensitivities));
    assertThat(audit.operator()).noneMatch(Finding::leaks);
    assertThat(audit.operator()).anyMatch(f -> f.attack().contains("beyond the threat model"));
    assertThat(audit.reader()).hasSize(6).noneMatch(Finding::leaks);
    assertThat(audit.sums())
        .extracting(NewtonAudit.SumCount::order)
        .contains("newton open", "newton aim", "newton direct", "newton bound")
        .doesNotContain("report");
    assertThat(audit.operator().stream().anyMatch(f -> f.attack().equals("sums that come out")))
        .isEqualTo(sensitivities == Sensitivities.ROOT);
  }

  /**
   * What the audit reads of masked contributions are the sums of the same run in the clear: before
   * the first step, which no ciphertext has had a part in, to the resolution of fixed point, some
   * 2^-70 for magnitudes of reports, and the rounding of sums of seven doubles.
   */
  @Test
  void readsTheSumsThatThereAre() {
    List<SumRecorder.Round> hidden = record(Privacy.CKKS, Sensitivities.BLOCKS).sums();
    List<SumRecorder.Round> open = record(Privacy.NONE, Sensitivities.BLOCKS).sums();
    int compared = 0;
    for (int k = 0; k < 5; k++) {
      SumTotal read = SumTotal.read(hidden.get(k)).orElseThrow();
      double[] truth = SumTotal.read(open.get(k)).orElseThrow().sums();
      assertThat(read.order().type()).isEqualTo(open.get(k).type());
      if (SumKinds.random(read.order().type())) {
        continue;
      }
      // injections and how they would move; of other sums levels of steps, behind it, are random
      int telling = read.order() instanceof NewtonOpen ? 4 * STEPS : 2 * STEPS;
      for (int i = 0; i < Math.min(truth.length, telling); i++) {
        double size = 0.0;
        for (double[] part : parts(open.get(k))) {
          size += Math.abs(part[i]);
        }
        assertThat(read.sums()[i]).isEqualTo(truth[i], within(1e-12 * size + 1e-18));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(4 * STEPS);
  }

  private static double[][] parts(SumRecorder.Round round) {
    return SumAttacks.Parts.of(List.of(round)).get(0).bySite();
  }

  @Test
  void withTotalsAtTheRootNoSumComesOut() {
    List<SumRecorder.Round> rounds = record(Privacy.CKKS, Sensitivities.ROOT).sums();
    assertThat(rounds).hasSizeGreaterThan(30);
    assertThat(rounds).noneMatch(round -> SumTotal.read(round).isPresent());
  }

  private static SumAttacks.Parts parts(double... bySite) {
    double[][] each = new double[bySite.length][];
    for (int site = 0; site < each.length; site++) {
      each[site] = new double[] {bySite[site]};
    }
    return new SumAttacks.Parts(MessageType.NEWTON_AIM, each);
  }

  private static long found(SumAttacks.Parts sum, int colluding) {
    return SumAttacks.ofOneSite("", "", List.of(sum), 0, colluding).found();
  }

  /** Site 0 is the root: what is its alone is not counted. */
  @Test
  void aSumOfOneSiteIsFound() {
    assertThat(found(parts(0.001, -1, 0.002, 0.003), 0)).isOne();
    assertThat(found(parts(0.001, -1, 0.006, 0.006), 0)).isZero();
    assertThat(found(parts(1, 0, 0, 0), 0)).isZero();
    assertThat(found(parts(0, 0, 0, 0), 0)).isZero();
    // with what the largest tells, the next stands alone
    assertThat(found(parts(5, 1, 0.002, 0.003), 0)).isZero();
    assertThat(found(parts(5, 1, 0.002, 0.003), 1)).isOne();
    assertThat(found(parts(5, 1, 0.2, 0.001), 2)).isOne();
  }

  /** Two equal sums whose difference is what one site has changed. */
  @Test
  void aChangeOfOneSiteIsFound() {
    List<SumAttacks.Parts> changes =
        SumAttacks.changes(List.of(parts(3, 1, 2, 3), parts(3, 1.5, 2, 3)));
    assertThat(changes).hasSize(1);
    assertThat(found(changes.get(0), 0)).isOne();
  }

  /** Loads that are a sum of what is told are read, to the shrinking by the ridge. */
  @Test
  void theRegressionReadsALoadThatTheSumsDetermine() {
    int steps = 24;
    double[] prices = new double[2 * steps];
    double[] opened = new double[4 * steps + 2 + 3 * steps];
    double[] aimed = new double[2 * steps];
    double[] load = new double[steps];
    double[] other = new double[steps];
    Random random = new Random(3);
    for (int k = 0; k < opened.length; k++) {
      opened[k] = random.nextGaussian();
    }
    for (int k = 0; k < aimed.length; k++) {
      aimed[k] = random.nextGaussian();
    }
    for (int t = 0; t < steps; t++) {
      load[t] = 10 + opened[t] - 0.5 * aimed[steps + t];
      other[t] = 10 + random.nextGaussian();
    }
    List<SumTotal> totals = new ArrayList<>();
    totals.add(new SumTotal(new NewtonOpen(false, prices), opened));
    totals.add(new SumTotal(new NewtonAim(0.1, false), aimed));
    LoadRegression regression = new LoadRegression(totals, steps);
    assertThat(regression.attack(List.of(load))).matches(result -> result.leaks());
    assertThat(regression.attack(List.of(load)).score()).isGreaterThan(0.95);
    assertThat(regression.attack(List.of(other)).leaks()).isFalse();
  }
}
