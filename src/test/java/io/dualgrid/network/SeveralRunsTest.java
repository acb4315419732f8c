package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.cli.CommandLineRun;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.Gathering;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs one after the other, of the same processes. */
@OneRound
class SeveralRunsTest {
  private static final int RUNS = 3;

  /** Node whose process is killed. */
  private static final int VICTIM = 3;

  /** Bytes of one site's link after some iterations, before a run ends. */
  private static final long MIDDLE = 40_000;

  /** Both runs stop at a certified gap of 1e-3, each above the same optimum. */
  private static final double GAP = 1e-3;

  @TempDir private Path temporary;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final StringWriter operatorSays = new StringWriter();
  private NetworkedDistrict district;

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    district.close();
  }

  private Future<Integer> start(StringWriter says, List<String> words) {
    return threads.submit(() -> CommandLineRun.of(says, words.toArray(String[]::new)));
  }

  private Future<Integer> startOperator() {
    return start(
        operatorSays,
        List.of(
            "operator",
            district.operatorFolder().toString(),
            "--listen=127.0.0.1:0",
            "--runs=" + RUNS,
            "--privacy=none",
            "--algorithm=accelerated",
            "--checkpoint-every=2",
            "--threads=1"));
  }

  private int port() throws InterruptedException {
    while (true) {
      String said = operatorSays.toString();
      int at = said.indexOf("listening on 127.0.0.1:");
      if (at >= 0 && said.indexOf('\n', at) > 0) {
        String line = said.substring(at, said.indexOf('\n', at)).strip();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
      }
      Thread.sleep(50);
    }
  }

  private Future<Integer> startSites(List<Integer> nodes, int port, int runs) {
    List<String> words = new ArrayList<>(List.of("site"));
    nodes.forEach(node -> words.add(district.siteFolder(node).toString()));
    words.addAll(List.of("--operator=127.0.0.1:" + port, "--accept-clear", "--runs=" + runs));
    return start(new StringWriter(), words);
  }

  /** Names of runs of which the operator has a result, in the order of their ends. */
  private List<String> runs() throws IOException {
    Path folder = district.operatorFolder().resolve(CaseSplitter.RUNS);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(run -> Files.exists(run.resolve(OperatorPart.NAME)))
          .sorted(Comparator.comparing(SeveralRunsTest::end))
          .map(run -> run.getFileName().toString())
          .toList();
    }
  }

  private static Instant end(Path run) {
    try {
      return Files.getLastModifiedTime(run.resolve(OperatorPart.NAME)).toInstant();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The second is interrupted by a site's process that dies and comes back. The others are the same
   * arithmetic as without a network.
   */
  @Test
  void threeRunsOfWhichTheSecondLosesASite() throws Exception {
    Future<Integer> operator = startOperator();
    int port = port();
    List<Integer> others =
        district.gridCase.nodes().stream()
            .map(GridCase.Node::id)
            .filter(node -> node != VICTIM)
            .toList();
    Future<Integer> sites = startSites(others, port, RUNS);
    assertThat(startSites(List.of(VICTIM), port, 1).get()).isZero();
    try (CuttingProxy proxy = new CuttingProxy(port)) {
      proxy.silenceAfter(MIDDLE);
      Future<Integer> victim = startSites(List.of(VICTIM), proxy.port(), 2);
      while (proxy.bytes() < MIDDLE) {
        assertThat(victim.isDone()).isFalse();
        Thread.sleep(20);
      }
      // nobody can go on without it
      assertThat(runs()).hasSize(1);
      victim.cancel(true);
      proxy.cut();
      assertThat(startSites(List.of(VICTIM), port, 2).get()).isZero();
    }
    assertThat(sites.get()).isZero();
    assertThat(operator.get()).isZero();

    List<String> runs = runs();
    assertThat(runs).hasSize(RUNS).doesNotHaveDuplicates();
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.ACCELERATED)
            .threads(1)
            .build();
    RunResult alone = DispatchEngine.run(district.gridCase, settings, RunObserver.NONE);
    for (String run : runs) {
      RunResult gathered = Gathering.gather(district.gridCase, temporary.resolve("district"), run);
      assertThat(gathered.status()).isEqualTo(RunStatus.CONVERGED);
      boolean second = run.equals(runs.get(1));
      assertThat(part(run).notices().stream().anyMatch(text -> text.contains("paused")))
          .isEqualTo(second);
      // a run that has gone on mixes with a memory that begins anew
      assertThat(gathered.totalCost() / alone.totalCost())
          .isEqualTo(1.0, within(second ? GAP : 1e-12));
      assertThat(second || gathered.iterations() == alone.iterations()).isTrue();
    }
  }

  private OperatorPart part(String run) throws IOException {
    return Json.read(
        Files.readAllBytes(
            district
                .operatorFolder()
                .resolve(CaseSplitter.RUNS)
                .resolve(run)
                .resolve(OperatorPart.NAME)),
        OperatorPart.class);
  }
}
