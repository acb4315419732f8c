package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.VoltageForm;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunSettings.BadAnswerPolicy;
import io.dualgrid.site.CaseFacts;
import io.dualgrid.site.GridCase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that steers a run is told before it. */
class RunReportTest {
  private static final GridCase CASE = CaseReader.bundled("6-bus");
  private static final RunSettings DEFAULTS = RunSettings.defaults();

  /** Settings that differ in one thing alone. */
  private record Change(RunSettings from, RunSettings to) {}

  /** A change by the name of what changes. */
  private static Map<String, Change> changes() {
    RunSettings newton =
        RunSettings.builder().privacy(Privacy.NONE).algorithm(Algorithm.NEWTON).build();
    Map<String, Change> changes = new LinkedHashMap<>();
    changes.put("privacy", fromDefaults(some -> some.privacy(Privacy.NONE)));
    changes.put("qpBackend", fromDefaults(some -> some.qpBackend("java")));
    changes.put("ckksBackend", fromDefaults(some -> some.ckksBackend("java")));
    changes.put(
        "ckksParameters", fromDefaults(some -> some.ckksParameters(ParameterSet.PUBLISHED)));
    changes.put(
        "mask",
        fromDefaults(some -> some.mask(MaskKind.PUBLISHED).maskLifetime(DEFAULTS.maskLifetime())));
    changes.put(
        "maskLifetime", fromDefaults(some -> some.maskLifetime(DEFAULTS.maskLifetime() + 1)));
    changes.put("steps", fromDefaults(some -> some.steps(48)));
    changes.put("sampling", fromDefaults(some -> some.sampling(Sampling.MEAN)));
    changes.put("stopping", fromDefaults(some -> some.stopping(Stopping.PUBLISHED)));
    changes.put("algorithm", fromDefaults(some -> some.algorithm(Algorithm.PUBLISHED)));
    changes.put("maxIterations", fromDefaults(some -> some.maxIterations(77)));
    changes.put("threads", fromDefaults(some -> some.threads(DEFAULTS.threads() + 1)));
    changes.put("onBadAnswer", fromDefaults(some -> some.onBadAnswer(BadAnswerPolicy.STOP)));
    changes.put("allowExposedSums", fromDefaults(some -> some.allowExposedSums(true)));
    changes.put("gapTolerance", fromDefaults(some -> some.gapTolerance(1e-6)));
    changes.put(
        "sensitivities",
        new Change(newton, newton.toBuilder().sensitivities(Sensitivities.FULL).build()));
    changes.put("voltageForm", fromDefaults(some -> some.voltageForm(VoltageForm.SQUARED)));
    return changes;
  }

  private static Change fromDefaults(UnaryOperator<RunSettings.Builder> change) {
    return new Change(DEFAULTS, change.apply(RunSettings.builder()).build());
  }

  static List<String> settings() {
    return Arrays.stream(RunSettings.class.getRecordComponents())
        .map(RecordComponent::getName)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingIsPrinted(String setting) {
    Change change = changes().get(setting);
    assertThat(change).as("a run with another %s", setting).isNotNull();
    assertThat(change.to()).isNotEqualTo(change.from());
    assertThat(printed(change.to())).isNotEqualTo(printed(change.from()));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aBuilderKeepsWhatItStartsFrom(String setting) {
    RunSettings changed = changes().get(setting).to();
    assertThat(changed.toBuilder().build()).isEqualTo(changed);
  }

  @Test
  void anotherMaskBringsItsOwnLifetime() {
    RunSettings changed = DEFAULTS.toBuilder().maskLifetime(3).mask(MaskKind.PUBLISHED).build();
    assertThat(changed).isEqualTo(RunSettings.builder().mask(MaskKind.PUBLISHED).build());
  }

  private static String printed(RunSettings settings) {
    StringWriter text = new StringWriter();
    RunReport.settings(CASE, settings, null).print(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void costsAreInTheCurrencyThatACaseNames() {
    CaseFacts euro =
        new CaseFacts("EUR", Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    GridCase named =
        new GridCase(
            CASE.name(),
            CASE.source(),
            CASE.limits(),
            CASE.nodes(),
            CASE.lines(),
            CASE.tree(),
            euro);
    assertThat(RunReport.money(named, 476.996)).isEqualTo("477.00 EUR");
    assertThat(RunReport.money(CASE, 476.996)).isEqualTo("477.00");
  }
}
