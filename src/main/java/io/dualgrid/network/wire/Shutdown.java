package io.dualgrid.network.wire;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.util.concurrent.TimeUnit;

/** Closes channels and servers, which have no way to do so in common. */
final class Shutdown {
  private static final long SECONDS = 5;

  private Shutdown() {}

  static void of(ManagedChannel channel) {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  static void of(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
