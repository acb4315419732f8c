package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.cloud.CloudService;
import io.dualgrid.protocol.CloudLink;
import io.dualgrid.protocol.Finish;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.MaskStored;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.ReleaseMask;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks on machines of a cluster, in one process. */
class MaskClusterTest {
  /** H and G take 2 · 200² · 8 = 640,000 bytes, more than two frames. */
  private static final int LARGE = 200;

  /**
   * How far two runs of 6-bus may be apart, in percent: each is within its certified gap of 1e-3 of
   * the optimum.
   */
  private static final double GAP_PERCENT = 0.11;

  @TempDir private Path folder;

  private static byte[] ask(CloudLink link, Message question, long sequence)
      throws ExecutionException, InterruptedException, TimeoutException {
    return link.ask(Questions.of(question, sequence))
        .get(Machines.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static Message read(byte[] answer) {
    return Letter.fromBytes(answer).message();
  }

  /** Byte for byte, the program larger than a frame, its end and what nobody may ask included. */
  @Test
  void aMaskAnswersAsACloudInOneProcessDoes() throws Exception {
    Machines machines = new Machines(folder, 1);
    try (ClusterWorker worker = new ClusterWorker(machines.configs.get(0));
        CloudService usual =
            new PartySetup(RunSettings.defaults(), RunHooks.NONE).cloud(Runnable::run)) {
      long sequence = 1;
      CloudLink local = usual::handle;
      for (Message question :
          new Message[] {
            Questions.term(7, 1, LARGE),
            Questions.program(7, LARGE),
            Questions.term(7, 2, LARGE),
            Questions.program(8, 3),
            Questions.term(8, 1, 3),
            Questions.term(7, 3, LARGE),
            new ReleaseMask(7),
            Questions.term(7, 4, LARGE),
            Questions.term(8, 2, 3)
          }) {
        assertThat(ask(worker, question, sequence)).isEqualTo(ask(local, question, sequence));
        sequence++;
      }
      assertThat(read(ask(worker, Questions.term(8, 3, 3), sequence)))
          .isInstanceOf(MaskedSolution.class);
      assertThat(read(ask(worker, Questions.term(7, 5, LARGE), sequence)))
          .isEqualTo(new MaskStored(7, false));
      // a term of another length is refused, and spoils nothing
      assertThatThrownBy(() -> ask(worker, Questions.term(8, 4, 2), 99))
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> ask(worker, new Finish(), 99))
          .hasCauseInstanceOf(ProtocolException.class);
      assertThat(read(ask(worker, Questions.term(8, 5, 3), 100)))
          .isInstanceOf(MaskedSolution.class);
    }
  }

  /** A mask that was stored through one machine is there through the other, wherever it lives. */
  @Test
  void anyMachineReachesAnyMask() throws Exception {
    Machines machines = new Machines(folder, 2);
    try (ClusterWorker first = new ClusterWorker(machines.configs.get(0));
        ClusterWorker second = new ClusterWorker(machines.configs.get(1))) {
      Machines.awaitMembers(first, 2);
      Machines.awaitMembers(second, 2);
      for (int mask = 1; mask <= 20; mask++) {
        ClusterWorker one = mask % 2 == 0 ? first : second;
        ClusterWorker other = mask % 2 == 0 ? second : first;
        int dimension = mask == 20 ? LARGE : 3;
        assertThat(read(ask(one, Questions.program(mask, dimension), 1)))
            .isEqualTo(new MaskStored(mask, true));
        byte[] once = ask(one, Questions.term(mask, 1, dimension), 2);
        assertThat(((MaskedSolution) read(once)).solved()).isTrue();
        assertThat(((MaskedSolution) read(ask(other, Questions.term(mask, 2, dimension), 3))))
            .extracting(MaskedSolution::solved, MaskedSolution::number)
            .containsExactly(true, 2L);
      }
    }
  }

  @Test
  void aRunOverItEndsAsOneInOneProcess() throws Exception {
    GridCase gridCase = CaseLocator.read("6-bus");
    RunSettings settings =
        RunSettings.builder().privacy(Privacy.RMME).maxIterations(100).threads(2).build();
    RunResult usual = DispatchEngine.run(gridCase, settings, RunObserver.NONE);
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    Machines machines = new Machines(folder, 1);
    try (ClusterWorker worker = new ClusterWorker(machines.configs.get(0))) {
      RunResult result =
          DispatchEngine.run(
              gridCase,
              settings,
              RunObserver.NONE,
              new RunHooks() {
                @Override
                public CloudLink cloud(int edge, CloudLink cloud) {
                  return request ->
                      worker
                          .ask(request)
                          .whenComplete(
                              (answer, failure) ->
                                  (failure == null ? answers : failures).incrementAndGet());
                }
              });
      assertThat(result.status()).isEqualTo(usual.status());
      assertThat(result.totalCost()).isCloseTo(usual.totalCost(), withinPercentage(GAP_PERCENT));
      assertThat(failures).hasValue(0);
      // of each of the six sites at least one question an iteration
      assertThat(answers.get()).isGreaterThan(6 * result.iterations());
    }
  }
}
