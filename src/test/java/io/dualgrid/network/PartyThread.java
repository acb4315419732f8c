package io.dualgrid.network;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A party as a thread that can be killed, after which nothing of it is left. */
final class PartyThread<T> {
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final Thread thread;

  PartyThread(Callable<T> work) {
    thread =
        new Thread(
            () -> {
              try {
                outcome.complete(work.call());
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            },
            "party");
    thread.setDaemon(true);
    thread.start();
  }

  /** Interrupts it, and comes back when it has ended. */
  void kill() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  T get(Duration deadline) throws InterruptedException, ExecutionException, TimeoutException {
    return outcome.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }
}
