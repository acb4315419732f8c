package io.dualgrid.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dualgrid.network.pki.FolderLock;
import io.dualgrid.study.ChainJob;
import io.dualgrid.study.Study;
import io.dualgrid.study.StudyCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * A study on several machines: the first gives out chains and keeps them, all run some. A cluster
 * of its own, which has nothing to do with one that is a cloud.
 */
public final class StudyMachines implements StudyCluster {
  /** Of the cluster; stands in addresses. */
  static final String NAME = "dualgrid-study";

  /**
   * What Pekko says of every connection is for nobody here; what matters is told by lines of ours.
   */
  private static final Logger PEKKO = Logger.getLogger("org.apache.pekko");

  static {
    PEKKO.setLevel(Level.SEVERE);
  }

  private static final String FIRST = "first";
  private static final String OTHER = "other";
  private static final long LOOK_MILLIS = 100;

  /** As the service loader makes it. */
  public StudyMachines() {}

  @Override
  public void lead(Path file, int threads, ChainJob job) {
    WorkerConfig config = WorkerConfig.read(file);
    if (!isFirst(config)) {
      throw new IllegalArgumentException(
          file
              + ": own = "
              + config.own()
              + " is not the first of machines, which gives out the chains and keeps them; start"
              + " the study with --out there, and without it here");
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    FolderLock lock = FolderLock.take(List.of(config.folder()));
    try (Hands hands = new Hands(job.study(), threads, job::cancelled, done)) {
      hands.start(config, FIRST, context -> context.spawn(StudyLead.create(job, done), "lead"));
      await(done, job::cancelled);
    } finally {
      lock.close();
    }
  }

  @Override
  public void help(
      Path file, int threads, Study study, PrintWriter out, BooleanSupplier cancelled) {
    WorkerConfig config = WorkerConfig.read(file);
    if (isFirst(config)) {
      throw new IllegalArgumentException(
          file
              + ": this machine is the first of machines, which keeps the chains; say --out as"
              + " well");
    }
    FolderLock lock = FolderLock.take(List.of(config.folder()));
    try {
      while (!help(config, threads, study, out, cancelled)) {
        out.println("lost " + config.machines().get(0));
      }
    } finally {
      lock.close();
    }
  }

  /**
   * Runs chains for the first machine.
   *
   * @return whether it has left in good order, or this machine is to end; else it is lost
   */
  private static boolean help(
      WorkerConfig config, int threads, Study study, PrintWriter out, BooleanSupplier cancelled) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    try (Hands hands = new Hands(study, threads, cancelled, end)) {
      out.println("waiting for " + config.machines().get(0));
      out.flush();
      hands.start(config, OTHER, context -> context.spawn(watch(end, () -> joined(out)), "watch"));
      return !await(CompletableFuture.anyOf(end, hands.lost()), cancelled) || end.isDone();
    }
  }

  private static boolean isFirst(WorkerConfig config) {
    return config.own().equals(config.machines().get(0));
  }

  private static void joined(PrintWriter out) {
    out.println("running chains");
    out.flush();
  }

  /** Sees the first machine come, and leave in good order. */
  private static Behavior<ClusterEvent.MemberEvent> watch(
      CompletableFuture<Void> left, Runnable joined) {
    return Behaviors.setup(
        context -> {
          Cluster.get(context.getSystem())
              .subscriptions()
              .tell(new Subscribe<>(context.getSelf(), ClusterEvent.MemberEvent.class));
          return Behaviors.receiveMessage(
              event -> {
                boolean ofFirst = event.member().hasRole(FIRST);
                if (event instanceof ClusterEvent.MemberExited && ofFirst) {
                  left.complete(null);
                } else if (event instanceof ClusterEvent.MemberUp
                    && event
                        .member()
                        .uniqueAddress()
                        .equals(Cluster.get(context.getSystem()).selfMember().uniqueAddress())) {
                  joined.run();
                }
                return Behaviors.same();
              });
        });
  }

  /**
   * Waits.
   *
   * @return whether it is done; else cancelled
   */
  private static boolean await(CompletableFuture<?> done, BooleanSupplier cancelled) {
    while (!cancelled.getAsBoolean()) {
      try {
        done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        // look whether it is to end, and wait on
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new CompletionException(e.getCause());
      }
    }
    return false;
  }

  /** The hands of this machine, as long as it is a member. */
  private static final class Hands implements AutoCloseable {
    private final Study study;
    private final int threads;
    private final AtomicBoolean over = new AtomicBoolean();
    private final BooleanSupplier cancelled;
    private final CompletableFuture<Void> end;
    private final ExecutorService pool;
    private ActorSystem<Object> system;

    Hands(Study study, int threads, BooleanSupplier cancelled, CompletableFuture<Void> end) {
      this.study = study;
      this.threads = threads;
      this.cancelled = () -> over.get() || cancelled.getAsBoolean();
      this.end = end;
      pool = Executors.newFixedThreadPool(threads);
    }

    /**
     * Joins the first machine, and runs its chains.
     *
     * @param role of this machine
     * @param beside starts what else there is
     */
    void start(WorkerConfig config, String role, Consumer<ActorContext<Object>> beside) {
      Config settings =
          ConfigFactory.parseMap(Map.of("pekko.cluster.roles", List.of(role)))
              .withFallback(ConfigFactory.parseResources("study.conf"));
      Behavior<Object> guardian =
          Behaviors.setup(
              context -> {
                beside.accept(context);
                for (int k = 0; k < threads; k++) {
                  context.spawn(StudyHand.create(study, pool, cancelled, end), "hand-" + k);
                }
                return Behaviors.empty();
              });
      system = Membership.start(guardian, NAME, config, settings);
      Membership.join(system, config.machines().subList(0, 1));
    }

    /** Done once this machine is no member any more. */
    CompletableFuture<Void> lost() {
      return system.getWhenTerminated().toCompletableFuture().thenApply(done -> null);
    }

    /** Leaves the others, who are given its chains. */
    @Override
    public void close() {
      over.set(true);
      pool.shutdown();
      if (system != null) {
        Membership.leave(system);
      }
    }
  }
}
