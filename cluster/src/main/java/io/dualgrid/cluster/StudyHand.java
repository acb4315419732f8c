package io.dualgrid.cluster;

import io.dualgrid.study.ChainJob;
import io.dualgrid.study.Study;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** Runs chains, one after another, as long as there are some. A machine has one for each thread. */
final class StudyHand extends AbstractBehavior<Object> {
  /** By which whoever gives out chains finds all hands of all machines. */
  static final ServiceKey<ConsumerController.Command<String>> FREE =
      ServiceKey.create(ConsumerController.<String>serviceKeyClass(), "study-hand");

  private final Study study;
  private final Executor pool;
  private final BooleanSupplier cancelled;
  private final CompletableFuture<Void> end;

  /** A chain has been run; empty when it was cancelled. */
  private record Ran(ConsumerController.Delivery<String> task, Optional<StudyReport> report) {}

  /** A report was sent, and its chain is kept, or not. */
  private record Sent(
      ConsumerController.Delivery<String> task, StudyReport report, Throwable failure) {}

  private StudyHand(
      ActorContext<Object> context,
      Study study,
      Executor pool,
      BooleanSupplier cancelled,
      CompletableFuture<Void> end) {
    super(context);
    this.study = study;
    this.pool = pool;
    this.cancelled = cancelled;
    this.end = end;
    context
        .spawn(ConsumerController.create(FREE), "chains")
        .tell(new ConsumerController.Start<>(context.getSelf().narrow()));
  }

  /**
   * A hand that is free.
   *
   * @param pool runs its chains
   * @param end completed with an error when chains of another study are given out
   */
  static Behavior<Object> create(
      Study study, Executor pool, BooleanSupplier cancelled, CompletableFuture<Void> end) {
    return Behaviors.setup(context -> new StudyHand(context, study, pool, cancelled, end));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(ConsumerController.<String>deliveryClass(), this::run)
        .onMessage(Ran.class, this::send)
        .onMessage(Sent.class, this::confirm)
        .build();
  }

  private Behavior<Object> run(ConsumerController.Delivery<String> task) {
    StudyTask given = StudyTask.of(task.message());
    if (!given.study().equals(study.fingerprint())) {
      end.completeExceptionally(
          new IllegalArgumentException(
              "the first machine runs another study: its file, its case or its profiles differ from"
                  + " those here"));
      return this;
    }
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(
                () -> ChainJob.run(study, given.chain(), cancelled), pool),
            (tables, failure) ->
                new Ran(
                    task,
                    failure == null
                        ? tables.map(content -> new StudyReport(given.chain(), false, content))
                        : Optional.of(StudyReport.failure(given.chain(), failure))));
    return this;
  }

  private Behavior<Object> send(Ran ran) {
    ran.report().ifPresent(report -> send(ran.task(), report));
    return this;
  }

  private void send(ConsumerController.Delivery<String> task, StudyReport report) {
    ActorRef<ChunkMessage.ToReceiver> keeper =
        ActorRefResolver.get(getContext().getSystem())
            .resolveActorRef(StudyTask.of(task.message()).keeper());
    CompletableFuture<byte[]> kept = new CompletableFuture<>();
    getContext().spawnAnonymous(Caller.create(report.toBytes(), keeper::tell, kept));
    getContext().pipeToSelf(kept, (answer, failure) -> new Sent(task, report, failure));
  }

  private Behavior<Object> confirm(Sent sent) {
    if (sent.failure() == null) {
      sent.task().confirmTo().tell(ConsumerController.confirmed());
    } else {
      send(sent.task(), sent.report()); // until this machine is given up, or the other one back
    }
    return this;
  }
}
