package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.wire.CloudServer;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.NetworkCloudLink;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.Message;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three machines, two of them processes, of which one is killed while a run goes on. */
class LostMachineTest {
  private static final int OTHERS = 60;

  /** So many of the others' masks at each machine before the run begins; even would be 20. */
  private static final int SHARE = 5;

  /** As in {@link MaskClusterTest}. */
  private static final double GAP_PERCENT = 0.11;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  /** Starts a machine; it is a member once it has said so. */
  private void start(Machines machines, int machine) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterMain.class.getName(),
                "worker",
                "--config",
                machines.fileOf(machine).toString())
            .redirectError(folder.resolve("errors-" + machine).toFile())
            .start();
    processes.add(process);
    assertThat(process.inputReader().readLine()).contains("listening on");
  }

  private static Message ask(CloudLink link, Message question) throws Exception {
    return Letter.fromBytes(
            link.ask(Questions.of(question, 1)).get(Machines.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .message();
  }

  /** Masks that nobody knows (any more). */
  private static List<Long> unknown(CloudLink link) throws Exception {
    List<Long> unknown = new ArrayList<>();
    for (long mask = 1; mask <= OTHERS; mask++) {
      if (ask(link, Questions.term(mask, 1, 3)) instanceof MaskStored) {
        unknown.add(mask);
      }
    }
    return unknown;
  }

  /** Stores masks until each machine has its share of them, and none is on the move. */
  private static void spread(ClusterWorker worker, CloudLink link) throws Exception {
    List<Long> unknown;
    do {
      unknown = unknown(link);
      for (long mask : unknown) {
        assertThat(ask(link, Questions.program(mask, 3))).isEqualTo(new MaskStored(mask, true));
      }
    } while (!unknown.isEmpty()
        || worker.shares().size() < 3
        || worker.shares().values().stream().anyMatch(share -> share < SHARE));
  }

  @Test
  void costsSendingItsMasksAgainAndNoRun() throws Exception {
    Machines machines = new Machines(folder, 3);
    Path site = machines.enrol("site/6-bus/1");
    WorkerConfig own = machines.configs.get(0);
    PartyFolder party = PartyFolder.of(own.folder());
    AtomicInteger failures = new AtomicInteger();
    GridCase gridCase = CaseLocator.read("6-bus");
    RunSettings settings =
        RunSettings.builder().privacy(Privacy.RMME).maxIterations(100).threads(2).build();
    try (ClusterWorker worker = new ClusterWorker(own);
        CloudServer server =
            new CloudServer(
                own.sites().orElseThrow(),
                Watched.credentials(party),
                party.clientAuthority(),
                worker::ask);
        NetworkCloudLink link =
            new NetworkCloudLink(
                new Endpoint(Machines.HOST, server.port()),
                Watched.clientCredentials(PartyFolder.of(site)))) {
      worker.joined().join();
      start(machines, 1);
      start(machines, 2);
      spread(worker, link);
      RunResult result =
          DispatchEngine.run(
              gridCase,
              settings,
              new RunObserver() {
                @Override
                public void iteration(IterationRecord iteration) {
                  if (iteration.iteration() == 5) {
                    processes.get(0).destroyForcibly();
                  }
                }
              },
              new RunHooks() {
                @Override
                public CloudLink cloud(int edge, CloudLink usual) {
                  return request ->
                      link.ask(request)
                          .whenComplete(
                              (answer, failure) -> failures.addAndGet(failure == null ? 0 : 1));
                }
              });
      assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
      assertThat(result.totalCost())
          .isCloseTo(
              DispatchEngine.run(gridCase, settings, RunObserver.NONE).totalCost(),
              withinPercentage(GAP_PERCENT));
      assertThat(failures).as("questions without an answer").hasValue(0);
      assertThat(unknown(link)).hasSizeBetween(SHARE, OTHERS - 2 * SHARE);
      Machines.awaitMembers(worker, 2);
    }
  }
}
