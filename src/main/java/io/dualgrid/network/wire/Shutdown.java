package io.dualgrid.network.wire;

import io.grpc.ManagedChannel;
import java.util.concurrent.TimeUnit;

/** Closes channels. */
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
}
