package io.dualgrid.network.agent;

import io.dualgrid.cloud.CloudRoom;
import io.dualgrid.cloud.CloudService;
import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.wire.CloudServer;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.recording.Recorder;
import io.dualgrid.recording.RecordingEntry;
import io.dualgrid.recording.RecordingHeader;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.runtime.InProcessCloudLink;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cloud as a process: solves masked programs for whoever shows a certificate, until told to end.
 */
public final class CloudAgent {
  private static final Logger LOG = LoggerFactory.getLogger(CloudAgent.class);

  private CloudAgent() {}

  /**
   * Serves until the thread is interrupted or the process ends.
   *
   * @param settings of which the solver counts
   * @param mostBytes of programs that it holds at the same time
   * @param onlookers who takes down what it receives and sends, and counts it
   * @param listening told the port
   */
  public static void serve(
      Endpoint listen,
      PartyFolder folder,
      RunSettings settings,
      long mostBytes,
      Onlookers onlookers,
      IntConsumer listening) {
    LogContext.party(folder.credentials().name());
    ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
    try (Recorder recorder = onlookers.recordings().begin(RecordingHeader.ofCloud());
        CloudService service =
            new PartySetup(settings, RunHooks.NONE).cloud(pool, new CloudRoom(mostBytes));
        CloudServer server =
            new CloudServer(
                listen,
                Watched.credentials(folder),
                folder.clientAuthority(),
                new InProcessCloudLink(
                        RecordingEntry.UNKNOWN,
                        service::handle,
                        counting(recorder.tap(), onlookers.metrics()))
                    ::ask)) {
      onlookers.metrics().state("serving");
      LOG.info("listening on port {}", server.port());
      listening.accept(server.port());
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.shutdownNow();
    }
  }

  private static MessageTap counting(MessageTap tap, Metrics metrics) {
    LongAdder questions = metrics.counter("dualgrid_cloud_questions_total", "Questions of sites.");
    LongAdder answers = metrics.counter("dualgrid_cloud_answers_total", "Answers to them.");
    return (way, edge, bytes) -> {
      (way == MessageTap.Way.TO_CLOUD ? questions : answers).increment();
      return tap.pass(way, edge, bytes);
    };
  }
}
