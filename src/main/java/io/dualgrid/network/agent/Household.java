package io.dualgrid.network.agent;

import io.dualgrid.auth.TrustAnchor;
import io.dualgrid.consensus.newton.FeederPaths;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.problem.CaseException;
import io.dualgrid.steering.SteeredFeeder;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What the sites of one process share. A few of them compute at a time: hundreds at once would
 * leave so little of the processors to the threads of the network that links are taken for dead.
 * They do so on a few threads, too, since whatever a thread has needed of its stack stays in
 * memory; a site's own thread waits. What one of them has verified, the others believe; and the
 * public feeder is there once, where their files are the same. Thread safe.
 */
public final class Household implements AutoCloseable {
  /** More than one, since one of them may be waiting for its cloud. */
  private static final int SITES_A_PROCESSOR = 4;

  private final ExecutorService turns; // null for one site, which computes on its own thread
  private final Map<PublicKey, TrustAnchor> anchors = new ConcurrentHashMap<>();
  private Feeder feeder = new Feeder(new byte[0], null);
  private Grid grid = new Grid(null, 0, null, null);

  /** A feeder and the file that it was read from. */
  private record Feeder(byte[] bytes, PublicFeeder read) {}

  /** A feeder as it is steered on the time grid of a run. */
  private record Grid(PublicFeeder of, int steps, Sampling sampling, SteeredFeeder steered) {}

  /** Of so many sites. */
  public Household(int sites) {
    turns =
        sites == 1
            ? null
            : Executors.newFixedThreadPool(
                SITES_A_PROCESSOR * Runtime.getRuntime().availableProcessors(), Household::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "turns of sites");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Computes when it is this site's turn. Whoever is interrupted then interrupts what is computed,
   * and waits for its end all the same.
   *
   * @throws WireException when the thread is interrupted before
   */
  <T> T inTurn(Supplier<T> computing) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
    if (turns == null) {
      return computing.get();
    }
    Turn<T> turn = new Turn<>(computing, LogContext.current());
    Future<?> running = turns.submit(turn);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return turn.outcome();
        } catch (InterruptedException e) {
          interrupted = true;
          if (turn.begin()) { // which nobody else does any more
            throw interrupted();
          }
          running.cancel(true);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static WireException interrupted() {
    return new WireException("interrupted while other sites compute");
  }

  /** What one site computes, once. */
  private static final class Turn<T> implements Runnable {
    private final Supplier<T> computing;
    private final LogContext context;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    Turn(Supplier<T> computing, LogContext context) {
      this.computing = computing;
      this.context = context;
    }

    /** Whether it had not begun, and begins now. */
    boolean begin() {
      return begun.compareAndSet(false, true);
    }

    @Override
    public void run() {
      if (begin()) {
        try {
          context.with(() -> outcome.complete(computing.get()));
        } catch (RuntimeException | Error e) {
          outcome.completeExceptionally(e);
        }
      }
    }

    T outcome() throws InterruptedException {
      try {
        return outcome.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      }
    }
  }

  /** The same for what has no result. */
  void inTurn(Runnable computing) {
    inTurn(
        () -> {
          computing.run();
          return null;
        });
  }

  /** Against what sites check others, of the authority that certified them. */
  TrustAnchor anchor(PublicKey authority) {
    return anchors.computeIfAbsent(authority, TrustAnchor::of);
  }

  /**
   * A public feeder, as {@link PublicFeeder#read} reads it.
   *
   * @return the same object as the last time where the file holds the same bytes as that one
   * @throws CaseException as there
   */
  public synchronized PublicFeeder feeder(Path file) {
    byte[] bytes = PublicFeeder.bytesOf(file);
    if (feeder.read() == null || !Arrays.equals(bytes, feeder.bytes())) {
      feeder = new Feeder(bytes, PublicFeeder.of(file, bytes));
    }
    return feeder.read();
  }

  /** A feeder as a run steers it; the same object as the last time for the same run. */
  synchronized SteeredFeeder steered(PublicFeeder of, int steps, Sampling sampling) {
    if (grid.of() != of || grid.steps() != steps || grid.sampling() != sampling) {
      Horizon horizon = of.horizon(steps, sampling);
      SteeredFeeder steered =
          new SteeredFeeder(
              of.limits(),
              new FeederPaths(of.tree(), of.ids(), of.limits()),
              of.ids(),
              horizon.stepHours(),
              horizon.moneyUnit(),
              horizon.priceOfStep(of.tariff()));
      grid = new Grid(of, steps, sampling, steered);
    }
    return grid.steered();
  }

  /** No turn begins any more. */
  @Override
  public void close() {
    if (turns != null) {
      turns.shutdownNow();
    }
  }
}
