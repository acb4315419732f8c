package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dualgrid.OneRound;
import io.dualgrid.audit.Audit;
import io.dualgrid.audit.MaskReadings;
import io.dualgrid.audit.MessageCount;
import io.dualgrid.audit.NetworkEvidence;
import io.dualgrid.audit.NewtonAudit;
import io.dualgrid.audit.OperatorAttacks;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.agent.Onlookers;
import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.problem.CaseException;
import io.dualgrid.recording.RecordingFolder;
import io.dualgrid.recording.RecordingHeader;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real parties have recorded of a run is audited as a run in one process is. */
@OneRound
class RecordedRunTest {
  /** The attacks take time as its cube. */
  private static final int STEPS = 4;

  @TempDir private Path temporary;
  private NetworkedDistrict district;
  private Path recordings;
  private final Metrics metrics = new Metrics();

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
    recordings = temporary.resolve("seen");
    district.onlookers = new Onlookers(RecordingFolder.at(recordings, district.news::add), metrics);
  }

  @AfterEach
  void stop() {
    district.close();
  }

  private int run(RunSettings settings) throws Exception {
    Endpoint cloud = settings.privacy().masksPrograms() ? district.startCloud() : null;
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    Map<Integer, Future<SitePart>> sites = district.startAll(false, grid.address(), cloud);
    int iterations = grid.part.get().history().size();
    for (Future<SitePart> site : sites.values()) {
      site.get();
    }
    district.close();
    district.awaitEnd();
    return iterations;
  }

  /** Over a network there is one message more: a run in one process ends with it. */
  private static List<String> kinds(List<MessageCount> messages) {
    return messages.stream()
        .map(count -> count.receiver() + " " + count.kind() + ": " + count.content())
        .filter(kind -> !kind.startsWith("operator finish"))
        .toList();
  }

  private static List<MessageCount> ofOperator(List<MessageCount> messages) {
    return messages.stream()
        .filter(count -> count.receiver().equals("operator") && !count.kind().contains("finish"))
        .toList();
  }

  private static List<String> verdicts(List<OperatorAttacks.Finding> findings) {
    return findings.stream()
        .map(finding -> finding.attack() + " " + finding.assumed() + " " + finding.leaks())
        .toList();
  }

  private static List<String> there(MaskReadings readings) {
    return readings.scores().stream()
        .filter(score -> score.values() > 0)
        .map(score -> score.quantity() + " " + score.values())
        .toList();
  }

  @Test
  void maskedProgramsAndMessages() throws Exception {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.DUAL)
            .steps(STEPS)
            .maxIterations(3)
            .threads(1)
            .build();
    run(settings);
    Audit recorded = Audit.of(district.gridCase, NetworkEvidence.in(recordings));
    Audit inOneProcess = Audit.of(district.gridCase, settings);

    assertThat(recorded.iterations()).isEqualTo(inOneProcess.iterations());
    assertThat(kinds(recorded.messages())).isEqualTo(kinds(inOneProcess.messages()));
    // no length of these depends on chance; those of masked programs do, by their padding
    assertThat(ofOperator(recorded.messages())).isEqualTo(ofOperator(inOneProcess.messages()));
    assertThat(verdicts(recorded.operator())).isEqualTo(verdicts(inOneProcess.operator()));
    assertThat(recorded.attackedNode()).isEqualTo(inOneProcess.attackedNode());
    assertThat(there(recorded.hardenedReadings()))
        .isEqualTo(there(inOneProcess.hardenedReadings()));
    // who is whose is known from what sites have recorded, or nothing would be read right
    assertThat(recorded.hardenedReadings().withoutParameters().score())
        .isGreaterThan(recorded.hardenedReadings().withoutParameters().chance());
    assertNoKeys();
    assertFiguresAreThoseOfTheThreatModel(recorded);
  }

  /** When, how many and how long: the first thing of the list, and no sum. */
  private void assertFiguresAreThoseOfTheThreatModel(Audit recorded) throws IOException {
    Map<String, Double> figures = new HashMap<>();
    metrics
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .forEach(words -> figures.put(words[0], Double.valueOf(words[1])));
    String listed = Files.readString(Path.of("docs/threat-model.md"));
    assertThat(figures.keySet().stream().filter(name -> name.startsWith("dualgrid_operator_")))
        .hasSize(10)
        .allMatch(name -> listed.contains("`" + name.replaceAll("\\{.*", "") + "`"));
    assertThat(figures)
        .containsEntry("dualgrid_operator_sites", 7.0)
        .containsEntry("dualgrid_operator_epochs_total", 1.0)
        .containsEntry("dualgrid_operator_iterations_total", 3.0)
        .containsEntry("dualgrid_operator_messages_total{way=\"received\"}", count(recorded, false))
        .containsEntry("dualgrid_operator_messages_total{way=\"sent\"}", count(recorded, true))
        .containsEntry("dualgrid_site_dials_total{site=\"site/6-bus/3\"}", 1.0)
        .containsEntry(
            "dualgrid_cloud_answers_total", figures.get("dualgrid_cloud_questions_total"));
  }

  private static double count(Audit recorded, boolean sent) {
    return recorded.messages().stream()
        .filter(count -> count.receiver().equals("operator"))
        .filter(count -> count.kind().endsWith(", sent") == sent)
        .mapToLong(MessageCount::count)
        .sum();
  }

  /** No file holds a secret key of a folder, as bytes or in base 64. */
  private void assertNoKeys() throws IOException {
    List<String> secrets = new ArrayList<>();
    for (GridCase.Node node : district.gridCase.nodes()) {
      secrets.addAll(Secrets.of(district.siteFolder(node.id())));
    }
    secrets.addAll(Secrets.of(district.operatorFolder()));
    // two keys a site and one of the operator, four forms each
    assertThat(secrets).hasSize(4 * (2 * district.gridCase.nodes().size() + 1));
    try (Stream<Path> files = Files.list(recordings)) {
      for (Path file : files.toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(secrets).as(file.toString()).noneMatch(content::contains);
      }
    }
  }

  @Test
  void sumsOfNewton() throws Exception {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.CKKS)
            .algorithm(Algorithm.NEWTON)
            .steps(STEPS)
            .threads(1)
            .build();
    int iterations = run(settings);
    NewtonAudit recorded = NewtonAudit.of(district.gridCase, NetworkEvidence.in(recordings));
    NewtonAudit inOneProcess = NewtonAudit.of(district.gridCase, settings);

    assertThat(recorded.iterations()).isEqualTo(iterations);
    assertThat(kinds(recorded.messages())).isEqualTo(kinds(inOneProcess.messages()));
    assertThat(recorded.sums())
        .extracting(NewtonAudit.SumCount::order, NewtonAudit.SumCount::content)
        .isEqualTo(
            inOneProcess.sums().stream().map(sum -> tuple(sum.order(), sum.content())).toList());
    assertThat(verdicts(recorded.operator())).isEqualTo(verdicts(inOneProcess.operator()));
    assertThat(verdicts(recorded.reader())).isEqualTo(verdicts(inOneProcess.reader()));
  }

  /** What is missing is named, and what belongs elsewhere refused. */
  @Test
  void recordingsThatDoNotBelongTogetherAreRefused() throws Exception {
    RunSettings settings =
        RunSettings.builder().privacy(Privacy.DUAL).steps(STEPS).maxIterations(1).build();
    run(settings);
    assertThatThrownBy(
            () -> Audit.of(CaseLocator.read("yingkou-60"), NetworkEvidence.in(recordings)))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("is of 6-bus, not of yingkou-60");

    Files.delete(recordings.resolve("site-2-1.rec"));
    assertThatThrownBy(() -> Audit.of(district.gridCase, NetworkEvidence.in(recordings)))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("sites at nodes [2]");

    RecordingFolder.at(recordings, text -> {})
        .begin(RecordingHeader.ofSite(2, "6-bus", "another", settings))
        .close();
    assertThatThrownBy(() -> NetworkEvidence.in(recordings))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("several runs");

    Files.delete(recordings.resolve("site-2-1.rec"));
    Files.delete(recordings.resolve("operator-1.rec"));
    assertThatThrownBy(() -> NetworkEvidence.in(recordings))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("no recording of an operator");
  }
}
