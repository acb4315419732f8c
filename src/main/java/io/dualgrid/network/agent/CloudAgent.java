package io.dualgrid.network.agent;

import io.dualgrid.cloud.CloudService;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.wire.CloudServer;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.run.PartySetup;
import io.dualgrid.run.RunHooks;
import io.dualgrid.run.RunSettings;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/**
 * A cloud as a process: solves masked programs for whoever shows a certificate, until told to end.
 */
public final class CloudAgent {
  private CloudAgent() {}

  /**
   * Serves until the thread is interrupted or the process ends.
   *
   * @param settings of which the solver counts
   * @param listening told the port
   */
  public static void serve(
      Endpoint listen, PartyFolder folder, RunSettings settings, IntConsumer listening) {
    ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
    try (CloudService service = new PartySetup(settings, RunHooks.NONE).cloud(pool);
        CloudServer server =
            new CloudServer(
                listen, folder.credentials(), folder.clientAuthority(), service::handle)) {
      listening.accept(server.port());
      server.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.shutdownNow();
    }
  }
}
