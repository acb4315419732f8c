package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.cli.Main;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.agent.RunMemory;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An operator's process that is told to end in the middle of a run. */
@OneRound
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill")
class OperatorEndTest {
  private static final int TERMINATED = 143; // 128 + SIGTERM

  /**
   * One way, of one site. Its ten iterations, of two round trips at least, take twelve seconds
   * then, and the second line of progress comes after one or two.
   */
  private static final long SLOW_MILLIS = 300;

  /** Two runs that stop at a certified gap of 1e-3, each above the same optimum. */
  private static final double GAP = 1e-3;

  private static final String LISTENING = "listening on " + NetworkedDistrict.HOST + ":";
  private static final String PROGRESS = " +\\d+ .*";

  @TempDir private Path temporary;
  private final List<String> said = new ArrayList<>();
  private final List<Future<SitePart>> sites = new ArrayList<>();
  private NetworkedDistrict district;

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
  }

  @AfterEach
  void stop() {
    district.close();
  }

  @Test
  void tellsTheSitesAndGoesOnWhenItIsStartedAgain() throws Exception {
    assertThat(runOperator(true)).as("%s", said).isEqualTo(TERMINATED);
    for (Future<SitePart> site : sites) {
      assertThat(site.get().run()).isEqualTo(part().run()); // told at once, and with a result
    }
    OperatorPart first = part();
    assertThat(first.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(memories()).allMatch(Files::exists);

    assertThat(runOperator(false)).as("%s", said).isZero();
    for (Future<SitePart> site : sites) {
      site.get();
    }
    OperatorPart second = part();
    assertThat(second.run()).isEqualTo(first.run());
    // of the iteration after which it ended not all have kept their state
    int last = first.history().size();
    assertThat(said)
        .containsAnyOf(
            "epoch 2: goes on after iteration " + (last - 1),
            "epoch 2: goes on after iteration " + last);
    assertThat(second.history().get(0)).isEqualTo(first.history().get(0));
    assertThat(memories()).noneMatch(Files::exists);
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.ACCELERATED)
            .threads(1)
            .build();
    RunResult undisturbed = DispatchEngine.run(district.gridCase, settings, RunObserver.NONE);
    assertThat(second.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(district.gather().totalCost() / undisturbed.totalCost()).isEqualTo(1.0, within(GAP));
  }

  private OperatorPart part() throws IOException {
    return Json.read(
        Files.readAllBytes(district.operatorFolder().resolve(OperatorPart.NAME)),
        OperatorPart.class);
  }

  private List<Path> memories() {
    List<Path> memories = new ArrayList<>();
    district.gridCase.nodes().forEach(node -> memories.add(district.siteFolder(node.id())));
    memories.add(district.operatorFolder());
    memories.replaceAll(folder -> folder.resolve(RunMemory.NAME));
    return memories;
  }

  /** With sites as threads; the exit code. */
  private int runOperator(boolean toldToEnd) throws Exception {
    said.clear();
    sites.clear();
    Process operator = start();
    int progress = 0;
    CuttingProxy slow = null;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(operator.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        said.add(line);
        if (line.startsWith(LISTENING)) {
          int port = Integer.parseInt(line.substring(LISTENING.length()));
          slow = new CuttingProxy(port);
          slow.delay(toldToEnd ? SLOW_MILLIS : 0);
          startSites(port, slow.port());
        }
        progress += line.matches(PROGRESS) ? 1 : 0;
        if (toldToEnd && progress == 2) {
          operator.toHandle().destroy(); // SIGTERM, with the streams left open
        }
      }
      assertThat(operator.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return operator.exitValue();
    } finally {
      operator.destroyForcibly();
      if (slow != null) {
        slow.close();
      }
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "operator",
            district.operatorFolder().toString(),
            "--listen=" + NetworkedDistrict.HOST + ":0",
            "--privacy=none",
            "--algorithm=accelerated",
            "--checkpoint-every=1",
            "--threads=1")
        .redirectErrorStream(true)
        .start();
  }

  /** Nothing goes on but by the slow way, so a test that is late sees no run that is over. */
  private void startSites(int port, int slowPort) {
    for (GridCase.Node node : district.gridCase.nodes()) {
      int way = node.id() == 3 ? slowPort : port;
      sites.add(district.start(node.id(), true, new Endpoint(NetworkedDistrict.HOST, way), null));
    }
  }
}
