package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunState;
import io.dualgrid.run.StateKeeper;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run --voltage-margin}; 6-bus has limits of 0.95 and 1.05, and stays far within. */
@OneRound
class VoltageMarginTest {
  @TempDir Path folder;

  private final List<NetworkLimits> limits = new ArrayList<>();
  private final StringWriter text = new StringWriter();

  /** The real one, which tells what limits it is given. */
  private final Engine engine =
      new Engine() {
        @Override
        public RunResult run(
            GridCase gridCase,
            RunSettings settings,
            RunObserver observer,
            RunHooks hooks,
            Optional<RunState> from,
            StateKeeper keeper) {
          limits.add(gridCase.limits());
          return DispatchEngine.run(gridCase, settings, observer, hooks, from, keeper);
        }

        @Override
        public CentralResult central(GridCase gridCase, RunSettings settings) {
          return DispatchEngine.central(gridCase, settings);
        }

        @Override
        public CentralResult centralStates(
            GridCase gridCase, RunSettings settings, Duration limit) {
          return Engine.DISPATCH.centralStates(gridCase, settings, limit);
        }

        @Override
        public List<CaseProblem> shortfalls(GridCase gridCase, RunSettings settings) {
          return Engine.DISPATCH.shortfalls(gridCase, settings);
        }
      };

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "6-bus", "--privacy", "none", "--steps", "4", "--quiet"));
    arguments.addAll(List.of(more));
    PrintWriter out = new PrintWriter(text, true);
    return Dualgrid.commandLine(engine, Terminal.plain(out, out))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void fixedMarginTightensBothLimitsOfTheOneRun() throws IOException {
    assertThat(run("--voltage-margin", "0.01", "--out", folder.toString())).isZero();
    assertThat(limits).hasSize(1);
    assertThat(limits.get(0).voltageMinPu()).isCloseTo(0.96, offset(1e-12));
    assertThat(limits.get(0).voltageMaxPu()).isCloseTo(1.04, offset(1e-12));
    JsonNode margin = json("summary.json").get("voltageMargin");
    assertThat(margin.get("asked").asText()).isEqualTo("0.01");
    assertThat(margin.get("lowPu").doubleValue()).isEqualTo(0.01);
    assertThat(margin.get("runs").intValue()).isEqualTo(1);
    assertThat(margin.get("holds").booleanValue()).isTrue();
    // results are judged by the limits of the case
    assertThat(json("network.json").get("voltageMinPu").doubleValue()).isEqualTo(0.95);
  }

  @Test
  void autoLeavesLimitsAsTheyAreWhereTheDispatchHolds() throws IOException {
    assertThat(run("--voltage-margin", "auto", "--out", folder.toString())).isZero();
    assertThat(limits).hasSize(1);
    assertThat(limits.get(0).voltageMinPu()).isEqualTo(0.95);
    assertThat(json("summary.json").at("/voltageMargin/lowPu").doubleValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "-0.01", "0,01", "NaN", "0.05", "0.2"})
  void marginThatCannotBeIsRefused(String margin) {
    assertThat(run("--voltage-margin", margin)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text.toString()).contains("--voltage-margin", margin);
    assertThat(limits).isEmpty();
  }

  @Test
  void checkpointIsOfOneCaseOnly() {
    String checkpoint = folder.resolve("state").toString();
    assertThat(
            run(
                "--voltage-margin",
                "auto",
                "--algorithm",
                "accelerated",
                "--checkpoint",
                checkpoint))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text.toString()).contains("leave --checkpoint out");
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }
}
