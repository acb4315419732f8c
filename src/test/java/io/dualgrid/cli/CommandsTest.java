package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.Stopping;
import io.dualgrid.device.Sampling;
import io.dualgrid.mask.MaskKind;
import io.dualgrid.run.BackendMissingException;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.securesum.SecureSumException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OneRound
class CommandsTest {
  @TempDir Path temporary;

  private final FakeEngine engine = new FakeEngine();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    return Dualgrid.commandLine(engine, terminal).execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "CONVERGED, 0, converged",
    "NOT_CONVERGED, 3, not converged",
    "INFEASIBLE, 3, infeasible",
    "INTERRUPTED, 130, interrupted",
    "FAILED, 1, failed"
  })
  void exitCodeTellsHowTheRunEnded(RunStatus status, int code, String words) {
    engine.status = status;
    assertThat(execute("run", "6-bus")).isEqualTo(code);
    assertThat(out.toString()).containsPattern("status +" + words + "\\R");
  }

  @Test
  void auditShowsWhatLeaksAndWhatHolds() throws IOException {
    Path folder = temporary.resolve("audit");
    int code =
        execute("audit", "6-bus", "--steps", "4", "--iterations", "2", "--out", folder.toString());
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("encrypted under two keys", "masked program", "Visible without any attack")
        .containsPattern("plaintext in messages .* 0 .*holds")
        .containsPattern("Procrustes .*leaks .*holds");
    JsonNode audit = new ObjectMapper().readTree(folder.resolve("audit.json").toFile());
    assertThat(audit.get("operatorAttacks")).hasSize(4);
    assertThat(audit.get("cloudAttacks")).hasSize(10);
    // the recorded run's own masks give the loads away, against the limit of the CHP
    assertThat(audit.get("cloudAttacks").get(0).get("hardened").get("verdict").asText())
        .isEqualTo("leaks");
    for (String mask : new String[] {"published", "hardened"}) {
      for (JsonNode score : audit.get("readings").get(mask).get("scores")) {
        if (score.get("quantity").asText().equals("LOAD")) {
          assertThat(score.get("values").asInt()).as("six nodes, four steps").isEqualTo(24);
          // random rows leave a value of the hardened mask ambiguous now and then, and the attacker
          // claims less, not wrong: 5 of 960 in 40 audits, so half of them in one is out of reach
          assertThat(score.get("right").asInt()).isBetween(mask.equals("published") ? 24 : 12, 24);
          assertThat(score.get("right")).isEqualTo(score.get("claimed"));
        }
      }
    }
    assertThat(out.toString()).contains("load / limit of the CHP");
    for (JsonNode attack : audit.get("cloudAttacks")) {
      assertThat(attack.get("published").get("verdict").asText()).isIn("leaks", "holds");
      assertThat(attack.get("hardened").get("chanceUpper").asDouble()).isBetween(0.0, 1.0);
    }
    out.getBuffer().setLength(0);
    assertThat(execute("audit", "6-bus", "--steps", "4", "--iterations", "1", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("case").asText()).isEqualTo("6-bus");
    assertThat(execute("audit", "6-bus", "--iterations", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--iterations must be positive, got 0");
  }

  @Test
  void fingerprintsArePrintedWhenAskedForAndThereAreKeys() {
    assertThat(execute("run", "6-bus", "--print-fingerprints")).isZero();
    assertThat(out.toString()).contains("1f3a-0000  line 0-1, key of node 1, as held by node 0");
    assertThat(execute("run", "6-bus", "--privacy", "rmme", "--print-fingerprints")).isEqualTo(2);
    assertThat(err.toString()).contains("no keys without encryption; use --privacy ckks or dual");
  }

  @Test
  void fingerprintsStayAwayUnlessAskedFor() {
    assertThat(execute("run", "6-bus")).isZero();
    assertThat(out.toString()).doesNotContain("1f3a");
  }

  @Test
  void defaultsAreThoseOfTheEngine() {
    assertThat(execute("run", "6-bus")).isZero();
    assertThat(engine.runs).containsExactly(RunSettings.defaults());
  }

  @Test
  void everyOptionReachesTheEngine() {
    int code =
        execute(
            "run",
            "6-bus",
            "--privacy",
            "rmme",
            "--qp",
            "java",
            "--ckks=seal",
            "--steps",
            "48",
            "--stopping",
            "published",
            "--algorithm",
            "published",
            "--max-iterations",
            "77",
            "--threads",
            "3",
            "--sampling",
            "mean",
            "--ckks-parameters",
            "published",
            "--mask",
            "published",
            "--mask-lifetime",
            "7",
            "--on-bad-answer",
            "stop",
            "--allow-exposed-sums");
    assertThat(code).isZero();
    assertThat(engine.runs)
        .containsExactly(
            RunSettings.builder()
                .privacy(Privacy.RMME)
                .qpBackend("java")
                .ckksBackend("seal")
                .ckksParameters(ParameterSet.PUBLISHED)
                .mask(MaskKind.PUBLISHED)
                .maskLifetime(7)
                .steps(48)
                .sampling(Sampling.MEAN)
                .stopping(Stopping.PUBLISHED)
                .algorithm(Algorithm.PUBLISHED)
                .maxIterations(77)
                .threads(3)
                .onBadAnswer(RunSettings.BadAnswerPolicy.STOP)
                .allowExposedSums(true)
                .build());
  }

  @Test
  void stepsStandForTheMeanOfTheirRowsUnlessTheCaseIsThatOfTheStudy(@TempDir Path parent) {
    Path district = parent.resolve("district");
    assertThat(execute("new", parent.resolve("tables").toString())).isZero();
    assertThat(execute("build", parent.resolve("tables").toString(), "--out", district.toString()))
        .isZero();
    for (String one : new String[] {"6-bus", district.toString()}) {
      execute("run", one);
      execute("run", one, "--sampling", "first");
      execute("run", one, "--sampling", "mean");
    }
    assertThat(engine.runs)
        .extracting(RunSettings::sampling)
        .containsExactly(
            Sampling.FIRST,
            Sampling.FIRST,
            Sampling.MEAN,
            Sampling.MEAN,
            Sampling.FIRST,
            Sampling.MEAN);
  }

  @Test
  void runPrintsItsSettingsItsProgressAndItsEnd() {
    execute("run", "6-bus", "--steps", "48");
    assertThat(out.toString())
        .contains("6-bus: 7 nodes, 6 lines")
        .contains("dual, hardened mask, compact CKKS parameters")
        .contains("48 of 0.5 h, sampling first")
        .contains("at most 10000")
        .containsPattern("iteration +elapsed +primal +dual")
        .containsPattern("(?m)^ +1 +0.01 s +7.94e-01")
        .containsPattern("(?m)^ +50 +0.50 s +1.00e-05")
        .containsPattern("cost +1000.00\\R")
        .containsPattern("lower bound +999.00, certified gap \\+0.1001 %")
        .contains("voltage      0.9612 to 1.0000 p.u.")
        .containsPattern("backends +qp osqp 1.0.0")
        .contains("not kept (--out DIR keeps them)");
    assertThat(err.toString()).contains("notice: a notice, with a comma");
    // no control sequences where there is no terminal
    assertThat(out.toString()).doesNotContain("\u001b").doesNotContain("\r1");
  }

  @Test
  void verboseRunPrintsEachIteration() {
    assertThat(execute("run", "6-bus", "--verbose")).isZero();
    assertThat(out.toString().lines().filter(line -> line.matches(" +\\d+ +\\d+\\.\\d+ s .*")))
        .hasSize(engine.iterations);
    assertThat(execute("run", "6-bus", "--verbose", "--quiet")).isEqualTo(2);
    assertThat(err.toString()).contains("--verbose and --quiet are opposites");
  }

  @Test
  void aLogTellsHowARunGoesOneObjectALine() throws IOException {
    Path log = temporary.resolve("run.log");
    assertThat(execute("run", "6-bus", "--quiet", "--log", log.toString())).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).allSatisfy(line -> Instant.parse(line.get("time").asText()));
    List<String> events = lines.stream().map(line -> line.get("event").asText()).toList();
    assertThat(events).startsWith("run").endsWith("end");
    assertThat(Collections.frequency(events, "iteration")).isEqualTo(engine.iterations);
    assertThat(lines.get(0).at("/settings/algorithm").asText()).startsWith("accelerated");
    assertThat(lines.get(lines.size() - 1).get("status").asText()).isEqualTo("converged");

    execute("run", "6-bus", "--quiet", "--log", log.toString());
    assertThat(Files.readAllLines(log)).as("added to").hasSize(2 * lines.size());
    assertThat(execute("run", "6-bus", "--log", temporary.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--log " + temporary + " cannot be written");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskEndsTheLogAndNotTheRun() {
    assertThat(execute("run", "6-bus", "--quiet", "--log", "/dev/full")).isZero();
    assertThat(err.toString()).containsOnlyOnce("warning: the log ends here: ");
  }

  /** A name that leads out of the parties' folders is none either. */
  @Test
  void gatherTakesNoOtherNameOfARun() {
    for (String name : new String[] {"../../elsewhere", "/elsewhere", "yesterday", ""}) {
      err.getBuffer().setLength(0);
      assertThat(execute("gather", "6-bus", "district", "--run=" + name, "--out=results"))
          .isEqualTo(2);
      assertThat(err.toString()).contains("--run " + name + " is no name of a run");
    }
  }

  @Test
  void quietRunPrintsOnlyItsEnd() {
    execute("run", "6-bus", "--quiet");
    assertThat(out.toString()).startsWith("status").doesNotContain("primal   ");
  }

  @Test
  void resultsAreWrittenAndTheirPlaceIsTold() throws IOException {
    Path folder = temporary.resolve("some results");
    assertThat(execute("run", "6-bus", "--out", folder.toString())).isZero();
    assertThat(folder).isDirectoryContaining("glob:**/summary.json");
    assertThat(folder).isDirectoryContaining("glob:**/iterations.csv");
    assertThat(folder).isDirectoryContaining("glob:**/dispatch.csv");
    assertThat(out.toString()).containsPattern("results +\\Q" + folder.toAbsolutePath() + "\\E");
    assertThat(summary(folder).has("objectiveGap")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 1e-5, -0.0049})
  void noGapIsAShareOfNothing(double optimum) throws IOException {
    engine.centralCost = optimum;
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--gap", "--out", folder.toString());
    assertThat(summary(folder).has("optimalCost")).isTrue();
    assertThat(summary(folder).has("objectiveGap")).isFalse();
    assertThat(out.toString())
        .containsPattern("cost +1000.00, within 1.00e\\+03 of the central optimum");
    assertThat(Numbers.money(-optimum)).isEqualTo("0.00");
  }

  @Test
  void gapIsThatToTheCentralOptimum() throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--gap", "--out", folder.toString());
    // the fake run costs 1000 + 1e-5, the fake optimum 1000; one rounding at 1000 is 1e-13
    assertThat(summary(folder).get("objectiveGap").doubleValue()).isCloseTo(1e-8, offset(1e-15));
    assertThat(out.toString()).contains("1000.00, +0.0000 % from the central optimum");
  }

  @Test
  void gapIsLeftOutWhenTheCentralSolveFails() throws IOException {
    Path folder = temporary.resolve("results");
    engine.centralSolves = false;
    assertThat(execute("run", "6-bus", "--gap", "--out", folder.toString())).isZero();
    assertThat(err.toString()).contains("no gap, the central solve ended as iteration limit");
    assertThat(summary(folder).has("objectiveGap")).isFalse();
  }

  /** Whatever the run itself says: one answer. */
  @ParameterizedTest
  @ValueSource(strings = {"CONVERGED", "NOT_CONVERGED", "INFEASIBLE"})
  void noCostIsToldWhereTheCentralSolveProvesThatThereIsNoDispatch(RunStatus status)
      throws IOException {
    Path folder = temporary.resolve("results");
    engine.feasible = false;
    engine.status = status;
    assertThat(execute("run", "6-bus", "--gap", "--out", folder.toString())).isEqualTo(3);
    assertThat(summary(folder).get("status").textValue()).isEqualTo("infeasible");
    assertThat(err.toString()).contains("notice: case.json: node 5: V = 0.9: is too low");
    assertThat(summary(folder).get("notices").toString()).contains("node 5: V = 0.9");
    if (status != RunStatus.INFEASIBLE) { // else the run has told so itself
      assertThat(summary(folder).has("totalCost")).isFalse();
      assertThat(err.toString())
          .contains("notice: no dispatch meets the limits: the central solve proves it");
    }
    assertThat(err.toString()).doesNotContain("no gap");
    assertThat(out.toString()).contains("status", "infeasible");
  }

  @Test
  void folderThatCannotBeWrittenEndsTheCommandBeforeTheRun() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "precious");
    assertThat(execute("run", "6-bus", "--out", file.toString())).isEqualTo(2);
    assertThat(engine.runs).isEmpty();
    assertThat(err.toString()).contains("is a file, not a folder").doesNotContain("\tat ");
  }

  @Test
  void whatARunHasFoundIsToldEvenWhereItCannotBeKept() throws IOException {
    Path folder = temporary.resolve("results");
    engine.atTheEnd =
        () -> {
          try {
            Files.writeString(folder, "in the way");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    assertThat(execute("run", "6-bus", "--quiet", "--out", folder.toString())).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("status +converged")
        .containsPattern("cost +1000.00")
        .containsPattern("results +not kept");
    assertThat(err.toString())
        .contains("notice: a notice")
        .contains("error: cannot write results to " + folder)
        .doesNotContain("\tat ");
  }

  @Test
  void memoryIsTheSameInTheTableAndInTheSummary() throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--out", folder.toString());
    long megabytes = Math.round(summary(folder).get("peakMemoryMb").doubleValue());
    assertThat(out.toString()).containsPattern("memory +" + megabytes + " MB at most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "central"})
  void anEmptyFolderNameIsRefused(String command) {
    assertThat(execute(command, "6-bus", "--out", "")).isEqualTo(2);
    assertThat(err.toString()).contains("--out").contains("is empty; name a file or a folder");
    assertThat(engine.runs).isEmpty();
  }

  @Test
  void aCaseOfOneNodeRunsWithoutPrivacyOnly() throws IOException {
    Path folder = temporary.resolve("one");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("price.csv"), "price\n0.5\n0.5\n");
    Files.writeString(
        folder.resolve("case.json"),
        "{\"formatVersion\": 1, \"name\": \"one\", \"source\": \"made up\", \"limits\":"
            + " {\"horizonHours\": 24, \"profileRows\": 2, \"basePowerKw\": 1000,"
            + " \"baseImpedanceOhm\": 100, \"voltageMinPu\": 0.95, \"voltageMaxPu\": 1.05,"
            + " \"rootVoltagePu\": 1, \"exchangeMaxKw\": 100000, \"networkChargePerKwh\": 0.2},"
            + " \"nodes\": [{\"id\": 0, \"name\": \"root\", \"devices\": [{\"kind\": \"GI\","
            + " \"buyMaxKw\": 100, \"sellMaxKw\": 100, \"buyPricePerKwh\": {\"file\":"
            + " \"price.csv\", \"column\": \"price\", \"factor\": 1}, \"sellPricePerKwh\": {"
            + "\"file\": \"price.csv\", \"column\": \"price\", \"factor\": 0.5},"
            + " \"powerFactorMin\": 0.8}]}], \"lines\": []}");
    assertThat(execute("run", folder.toString(), "--steps", "2")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--privacy dual: one has one node")
        .contains("use --privacy none")
        .doesNotContain("\tat ");
    assertThat(engine.runs).isEmpty();
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    assertThat(
            Dualgrid.commandLine(Engine.DISPATCH, terminal)
                .execute("run", folder.toString(), "--steps", "2", "--privacy", "none"))
        .as(err.toString())
        .isZero();
  }

  @Test
  void aSecureSumThatFailsEndsInOneLine() {
    engine.failure = new SecureSumException("party 3 sent no contribution");
    assertThat(execute("run", "6-bus")).isEqualTo(1);
    assertThat(err.toString())
        .contains("error: party 3 sent no contribution")
        .doesNotContain("\tat ");
  }

  @Test
  void centralHasNoChoiceOfSolvers() {
    assertThat(execute("central", "6-bus", "--qp", "osqp")).isEqualTo(2);
    assertThat(err.toString()).contains("--qp");
  }

  @Test
  void theOldConsoleOfWindowsGetsPlainLines() {
    assertThat(Terminal.understandsControl("Linux", Map.of())).isTrue();
    assertThat(Terminal.understandsControl("Windows 10", Map.of())).isFalse();
    assertThat(Terminal.understandsControl("Windows 10", Map.of("WT_SESSION", "7"))).isTrue();
    assertThat(Terminal.understandsControl("Windows 10", Map.of("ANSICON", "80x25"))).isTrue();
    assertThat(Terminal.understandsControl("Windows 10", Map.of("ConEmuANSI", "OFF"))).isFalse();
  }

  @Test
  void missingBackendHasItsOwnExitCode() {
    engine.failure = new BackendMissingException("osqp is missing: not built");
    assertThat(execute("run", "6-bus", "--qp", "osqp")).isEqualTo(4);
    assertThat(err.toString()).contains("error: osqp is missing: not built");
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void aMalformedKeyEndsInOneLine() {
    engine.failure =
        new CkksException(CkksException.Reason.WRONG_LENGTH, "public key of line 3: too short");
    assertThat(execute("run", "6-bus")).isEqualTo(1);
    assertThat(err.toString()).contains("error: public key of line 3: too short");
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void bugIsReportedWithItsPlace() {
    engine.failure = new IllegalStateException("cannot be");
    assertThat(execute("run", "6-bus")).isEqualTo(1);
    assertThat(err.toString().lines().filter(line -> line.startsWith("error: ")))
        .singleElement()
        .asString()
        .startsWith("error: dualgrid itself fails here: cannot be;")
        .doesNotContain("Exception");
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void unknownCaseNamesTheBundledOnes() {
    assertThat(execute("run", "7-bus")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 6-bus?", "yingkou-60");
  }

  @Test
  void unknownOptionIsRefusedWithASuggestion() {
    assertThat(execute("run", "6-bus", "--privcy", "none")).isEqualTo(2);
    assertThat(err.toString())
        .contains("there is no option --privcy; did you mean --privacy?")
        .doesNotContain("none");
  }

  @Test
  void unknownCommandIsRefusedWithASuggestion() {
    assertThat(execute("rum", "6-bus")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no command rum; did you mean run?");
    assertThat(execute("help", "rum")).isEqualTo(2);
    assertThat(err.toString()).containsSubsequence("did you mean run?", "did you mean run?");
    assertThat(execute("ca", "int")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no command int; did you mean init?");
  }

  @Test
  void helpOfACommandIsThatBehindIt() {
    assertThat(execute("run", "--help")).isZero();
    String behind = out.toString();
    out.getBuffer().setLength(0);
    assertThat(execute("help", "run")).isZero();
    assertThat(out.toString()).isEqualTo(behind);
    out.getBuffer().setLength(0);
    assertThat(execute("help", "ca", "init")).isZero();
    assertThat(out.toString()).startsWith("Usage: dualgrid ca init");
    out.getBuffer().setLength(0);
    assertThat(execute("help")).isZero();
    assertThat(out.toString()).startsWith("Usage: dualgrid").contains("resume");
  }

  @Test
  void aWordTooManyIsNamed() {
    assertThat(execute("run", "6-bus", "yingkou-60")).isEqualTo(2);
    assertThat(err.toString()).contains("what is \"yingkou-60\" for?");
  }

  @Test
  void settingsTellWhichBackendAutoIs() {
    assertThat(execute("run", "6-bus", "--qp", "java")).isZero();
    assertThat(out.toString())
        .containsPattern("qp +java\\R")
        .containsPattern("ckks +(seal|java) \\(auto\\)\\R");
    out.getBuffer().setLength(0);
    assertThat(execute("run", "6-bus", "--privacy", "none")).isZero();
    assertThat(out.toString())
        .containsPattern("qp +(native|java) \\(auto\\)\\R")
        .doesNotContain("ckks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--privacy=all",
        "--qp=gurobi",
        "--ckks=helib",
        "--stopping=loose",
        "--algorithm=fast",
        "--mask=none",
        "--steps=many",
        "--steps=0",
        "--steps=-4",
        "--max-iterations=0",
        "--threads=0",
        "--sampling=last"
      })
  void wrongValueIsNamedWithItsOption(String option) {
    assertThat(execute("run", "6-bus", option)).isEqualTo(2);
    String[] parts = option.split("=");
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .startsWith("error:")
        .contains(parts[0])
        .contains(parts[1]);
    assertThat(engine.runs).isEmpty();
  }

  @Test
  void stepsThatDoNotDivideTheProfilesNameThoseThatDo() {
    assertThat(execute("run", "6-bus", "--steps", "25")).isEqualTo(2);
    assertThat(err.toString()).contains("--steps 25").contains("24, 32, 48, 96");
    assertThat(execute("central", "6-bus", "--steps", "25")).isEqualTo(2);
  }

  @Test
  void nothingAtAllIsAWrongOption() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString()).contains("no command given").contains("--help");
  }

  @Test
  void centralSolveIsPrintedAndKept() throws IOException {
    Path folder = temporary.resolve("central");
    assertThat(execute("central", "6-bus", "--out", folder.toString())).isZero();
    assertThat(folder.resolve("report.html")).isNotEmptyFile();
    assertThat(out.toString()).containsPattern("cost +1000.00");
    assertThat(summary(folder).get("totalCost").doubleValue()).isEqualTo(1000.0);
    engine.centralSolves = false;
    out.getBuffer().setLength(0);
    assertThat(execute("central", "6-bus")).isEqualTo(1);
    assertThat(out.toString()).doesNotContain("cost");
  }

  /** What 6-bus costs is known from an independent solver: 477, alone as together. */
  @Test
  void baselineIsBesideTheOptimum() throws IOException {
    Path folder = temporary.resolve("baseline");
    engine.centralCost = 400.0;
    assertThat(execute("baseline", "6-bus", "--out", folder.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("each for itself +477.00")
        .containsPattern("together +400.00")
        .containsPattern("value of coordination +77.00, 16.1 % of");
    assertThat(summary(folder).get("valueOfCoordination").doubleValue())
        .isCloseTo(77.0, offset(1e-3));
    assertThat(Files.readAllLines(folder.resolve("baseline.csv"))).hasSize(8);
    engine.centralSolves = false;
    assertThat(execute("baseline", "6-bus")).isEqualTo(3);
    assertThat(err.toString()).contains("error: together: ");
  }

  @Test
  void auditHasNoAttacksForThePublishedAlgorithm() {
    assertThat(execute("audit", "6-bus", "--algorithm", "published")).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: audit has attacks for").doesNotContain("\tat ");
  }

  /** A sound case that the default steps do not fit is sound; which steps do is said. */
  @Test
  void validateChecksTheCaseAndNotTheDefaultSteps() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("36-rows"));
    try (Stream<Path> files = Files.list(Path.of("data/6-bus"))) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        Files.writeString(
            folder.resolve(file.getFileName()),
            file.toString().endsWith(".csv")
                ? text.lines().limit(37).collect(Collectors.joining("\n"))
                : text.replace("\"profileRows\": 96", "\"profileRows\": 36"));
      }
    }
    assertThat(execute("validate", folder.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("run it with --steps, one of 1, 2, 3, 4, 6, 9, 12, 18, 36")
        .contains("no errors, 1 warning");
    out.getBuffer().setLength(0);
    assertThat(execute("validate", "6-bus")).isZero();
    assertThat(out.toString()).doesNotContain("--steps").contains("no errors, 0 warnings");
  }

  @Test
  void validCaseIsDescribed() {
    assertThat(execute("validate", "yingkou-60")).isZero();
    assertThat(out.toString()).contains("60 nodes, 59 lines, depth 23").contains("no errors");
  }

  @Test
  void invalidCaseIsRefusedWithAllItsProblems() throws IOException {
    Files.writeString(temporary.resolve("case.json"), "{\"name\": 3, \"nodes\": 7}");
    assertThat(execute("validate", temporary.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("name").contains("nodes").doesNotContain("\tat ");
  }

  @Test
  void importOfAFolderThatIsNotThereIsRefused() {
    Path target = temporary.resolve("case");
    assertThat(execute("import", "nowhere", "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere");
    assertThat(target).doesNotExist();
  }

  /** The header is that of the published description of MAT-files, level 5. */
  @Test
  void importOfABinaryMatFileSaysWhatToSaveInstead() throws IOException {
    Path source = temporary.resolve("feeder.MAT");
    Path target = temporary.resolve("case");
    String header = "MATLAB 5.0 MAT-file, Platform: GLNXA64";
    Files.writeString(source, header + " ".repeat(124 - header.length()) + "\0\1IM");
    assertThat(execute("import", source.toString(), "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("feeder.MAT is in MATLAB's binary form (.mat), which is not read")
        .contains("savecase('case.m', loadcase('case.mat'))")
        .doesNotContain("\tat ");
    assertThat(target).doesNotExist();
  }

  @Test
  void importNeedsATarget() {
    assertThat(execute("import", "somewhere")).isEqualTo(2);
    assertThat(err.toString()).contains("--out");
  }

  @Test
  void runLeavesAReportThatCanBeDrawnAnew() throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--out", folder.toString());
    Path page = folder.resolve("report.html");
    String first = Files.readString(page);
    Files.delete(page);
    assertThat(execute("report", folder.toString())).isZero();
    assertThat(page).hasContent(first);
    assertThat(execute("report", temporary.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("summary.json").doesNotContain("\tat ");
  }

  @Test
  void runsAreComparedOnTheTerminalAndOnAPage() throws IOException {
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    Path page = temporary.resolve("pages/compare.html");
    execute("run", "6-bus", "--gap", "--quiet", "--out", first.toString());
    engine.iterations = 40;
    execute("run", "6-bus", "--privacy", "none", "--quiet", "--out", second.toString());
    out.getBuffer().setLength(0);
    assertThat(execute("compare", first.toString(), second.toString(), "--out", page.toString()))
        .isZero();
    assertThat(out.toString().lines().toList())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("first", "dual", "accelerated", "osqp", " 50 ", " +0.0000 %"))
        .anySatisfy(line -> assertThat(line).contains("second", "none", " 40 ", "<= +0.1001 %"));
    assertThat(page).isNotEmptyFile();
    assertThat(execute("compare", first.toString())).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          run 6-bus --steps abc                   | 'abc' is not a whole number
          run 6-bus --steps 2.5                   | '2.5' is not a whole number
          run 6-bus --steps 4294967320            | '4294967320' is beyond what is possible
          run 6-bus --gap-tolerance 5%            | '5%' is not a number
          run 6-bus --gap-tolerance 0,01          | '0,01' is not a number
          generate --nodes 5 --out x --seed 9e99  | '9e99' is not a whole number
          compare one                             | give two folders to compare
          """)
  void whatIsNoValueIsToldInWords(String arguments, String told) {
    assertThat(execute(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"convergence", "cost", "dispatch", "voltage", "price"})
  void chartsAreDrawnAsPictures(String kind) throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--quiet", "--out", folder.toString());
    int code = execute("plot", folder.toString(), "--kind", kind, "--width", "640");
    if (kind.equals("voltage")) {
      // the fake engine tells no voltage of a node
      assertThat(code).isEqualTo(2);
      assertThat(err.toString()).contains("holds no voltages");
      return;
    }
    assertThat(code).isZero();
    BufferedImage picture = ImageIO.read(folder.resolve(kind + ".png").toFile());
    assertThat(picture.getWidth()).isEqualTo(640);
    assertThat(picture.getHeight()).isEqualTo(360);
    // the line of the residuals and of the cost is blue, the area of CHP orange
    int colour = kind.equals("dispatch") ? 0xFFE69F00 : 0xFF0072B2;
    int[] pixels = picture.getRGB(0, 0, 640, 360, null, 0, 640);
    assertThat(Arrays.stream(pixels).filter(pixel -> pixel == colour).count()).isGreaterThan(20);
  }

  @Test
  void pricesOfANodeAreDrawnWhereThereAreSome() throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--quiet", "--out", folder.toString());
    assertThat(execute("plot", folder.toString(), "--kind", "price", "--node", "7")).isEqualTo(2);
    assertThat(err.toString()).contains("no prices at node 7");
    Files.delete(folder.resolve("prices.csv"));
    assertThat(execute("plot", folder.toString(), "--kind", "price")).isEqualTo(2);
    assertThat(err.toString()).contains("--algorithm newton");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 599, 6001})
  void pictureOfAnUnfitWidthIsRefused(int width) {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--quiet", "--out", folder.toString());
    int code = execute("plot", folder.toString(), "--kind", "cost", "--width", "" + width);
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("600 to 6000");
  }

  @Test
  void chartOfNothingButZeroIsRefused() throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--quiet", "--out", folder.toString());
    Path file = folder.resolve("dispatch.csv");
    Files.writeString(file, Files.readString(file) + "3,H_load,H,kW,0,0\n3,H_load,H,kW,1,0\n");
    assertThat(execute("plot", folder.toString(), "--kind", "heat")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no heat").contains("--kind");
    assertThat(folder.resolve("heat.png")).doesNotExist();
  }

  @Test
  void storesAreDrawnFromTheLevelBeforeTheFirstStep() throws IOException {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--quiet", "--out", folder.toString());
    assertThat(execute("plot", folder.toString(), "--kind", "storage")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no storage");
    Path file = folder.resolve("dispatch.csv");
    Files.writeString(
        file,
        Files.readString(file)
            + "3,BT,E,kWh,0,5000\n3,BT,E,kWh,1,7000\n4,HS,E,kWh,0,90\n4,HS,E,kWh,1,150\n");
    assertThat(execute("plot", folder.toString(), "--kind", "storage")).isZero();
    assertThat(ImageIO.read(folder.resolve("storage.png").toFile()).getWidth()).isEqualTo(1600);
  }

  @Test
  void chartOfANodeWithoutHeatIsRefused() {
    Path folder = temporary.resolve("results");
    execute("run", "6-bus", "--quiet", "--out", folder.toString());
    assertThat(execute("plot", folder.toString(), "--kind", "heat", "--node", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("no heat at node 3").contains("--node");
  }

  @Test
  void starterFolderBecomesACaseThatIsValid() {
    Path tables = temporary.resolve("my district");
    Path built = temporary.resolve("my case");
    assertThat(execute("new", tables.toString())).isZero();
    assertThat(out.toString()).contains("devices.csv").contains("dualgrid build");
    assertThat(execute("build", tables.toString(), "--out", built.toString())).isZero();
    assertThat(execute("validate", built.toString())).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void folderThatIsThereIsReplacedOnlyWhenAsked() throws IOException {
    Path tables = temporary.resolve("tables");
    Files.createDirectory(tables);
    Path mine = Files.writeString(tables.resolve("mine.csv"), "precious");
    assertThat(execute("new", tables.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--force");
    assertThat(mine).hasContent("precious");
    assertThat(execute("new", tables.toString(), "--force")).isZero();
    assertThat(mine).doesNotExist();
  }

  @Test
  void generatedFeederIsAValidCaseAndTheSameForTheSameSeed() throws IOException {
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    Path other = temporary.resolve("other");
    assertThat(generate("7", first)).isZero();
    assertThat(generate("7", second)).isZero();
    assertThat(generate("8", other)).isZero();
    assertThat(execute("validate", first.toString())).isZero();
    assertThat(out.toString()).contains("12 nodes, 11 lines");
    Path json = Path.of("case.json");
    assertThat(first.resolve(json)).hasSameTextualContentAs(second.resolve(json));
    assertThat(Files.readString(other.resolve(json)))
        .isNotEqualTo(Files.readString(first.resolve(json)));
  }

  private int generate(String seed, Path target) {
    return execute(
        "generate", "--nodes=12", "--shape=bushy", "--seed", seed, "--out", target.toString());
  }

  @ParameterizedTest
  @CsvSource({"1, chain, 1, --nodes", "4, ring, 1, --shape", "4, chain, x, --seed"})
  void feederThatCannotBeIsRefusedWithItsOption(
      String nodes, String shape, String seed, String option) {
    Path target = temporary.resolve("none");
    int code =
        execute(
            "generate",
            "--nodes",
            nodes,
            "--shape",
            shape,
            "--seed",
            seed,
            "--out",
            target.toString());
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith("error:").contains(option);
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "resume",
        "central",
        "baseline",
        "new",
        "build",
        "import",
        "generate",
        "validate",
        "report",
        "export",
        "compare",
        "plot",
        "doctor",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: dualgrid " + command);
  }

  @Test
  void versionIsPrinted() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("dualgrid ");
  }

  @Test
  void completionScriptKnowsCommandsAndValues() {
    assertThat(execute("completion")).isZero();
    assertThat(out.toString())
        .contains("--on-bad-answer")
        .contains("solve-locally")
        .contains("rmme");
  }

  private JsonNode printed() throws IOException {
    JsonNode node = new ObjectMapper().readTree(out.toString());
    out.getBuffer().setLength(0);
    return node;
  }

  @Test
  void programsReadWhatCommandsPrint() throws IOException {
    Path folder = temporary.resolve("run");
    assertThat(execute("run", "6-bus", "--json", "--out", folder.toString())).isZero();
    assertThat(printed().get("settings")).isEqualTo(summary(folder).get("settings"));
    Path central = temporary.resolve("central");
    assertThat(execute("central", "6-bus", "--json", "--out", central.toString())).isZero();
    assertThat(printed().get("totalCost")).isEqualTo(summary(central).get("totalCost"));
    assertThat(execute("compare", folder.toString(), central.toString(), "--json")).isZero();
    JsonNode runs = printed().get("runs");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).get("folder").asText()).isEqualTo(folder.toString());
    assertThat(runs.get(0).get("summary")).isEqualTo(summary(folder));
    assertThat(execute("doctor", "--json")).isZero();
    assertThat(printed().get("backends").findValuesAsText("name")).contains("native", "seal");
    engine.status = RunStatus.NOT_CONVERGED;
    assertThat(execute("run", "6-bus", "--json")).isEqualTo(3);
    assertThat(printed().get("status").asText()).isEqualTo("not-converged");
  }

  @Test
  void programsReadWhatIsWrongWithACase() throws IOException {
    assertThat(execute("validate", "6-bus", "--solve", "--json")).isZero();
    JsonNode valid = printed();
    assertThat(valid.get("valid").asBoolean()).isTrue();
    assertThat(valid.get("nodes").asInt()).isEqualTo(7);
    assertThat(valid.get("solve").get("shortfalls")).isEmpty();
    assertThat(execute("validate", "7-bus", "--json")).isEqualTo(2);
    JsonNode invalid = printed();
    assertThat(invalid.get("valid").asBoolean()).isFalse();
    assertThat(invalid.get("errors").get(0).get("remedy").asText()).contains("6-bus");
    assertThat(invalid.get("errors").get(0).get("text").asText()).startsWith("7-bus: ");
  }

  private static JsonNode summary(Path folder) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
  }
}
