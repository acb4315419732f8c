package io.dualgrid.network.agent;

import io.dualgrid.cloud.CloudService;
import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.wire.CloudServer;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.recording.Recorder;
import io.dualgrid.recording.RecordingEntry;
import io.dualgrid.recording.RecordingFolder;
import io.dualgrid.recording.RecordingHeader;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import io.dualgrid.runtime.InProcessCloudLink;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
   * @param recordings where what it receives and sends is taken down, if anywhere
   * @param listening told the port
   */
  public static void serve(
      Endpoint listen,
      PartyFolder folder,
      RunSettings settings,
      RecordingFolder recordings,
      IntConsumer listening) {
    LogContext.party(folder.credentials().name());
    ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
    try (Recorder recorder = recordings.begin(RecordingHeader.ofCloud());
        CloudService service = new PartySetup(settings, RunHooks.NONE).cloud(pool);
        CloudServer server =
            new CloudServer(
                listen,
                folder.credentials(),
                folder.clientAuthority(),
                new InProcessCloudLink(RecordingEntry.UNKNOWN, service::handle, recorder.tap())
                    ::ask)) {
      LOG.info("listening on port {}", server.port());
      listening.accept(server.port());
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.shutdownNow();
    }
  }
}
