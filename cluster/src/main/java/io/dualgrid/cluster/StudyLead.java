package io.dualgrid.cluster;

import io.dualgrid.network.wire.WireException;
import io.dualgrid.study.ChainJob;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.delivery.WorkPullingProducerController;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Gives out the chains of a study, one to each hand that is free, and keeps their tables. A chain
 * whose machine is lost is given out again (by Pekko's work pulling, until it is confirmed); one
 * that comes a second time is not kept again.
 */
final class StudyLead extends AbstractBehavior<Object> {
  /** Reports that are put together at the same time: one of each hand. */
  private static final int MOST_OPEN = 1000;

  private static final byte[] KEPT = {};

  private final ChainJob job;
  private final CompletableFuture<Void> done;
  private final Queue<Integer> toGive;
  private final Set<Integer> open;
  private final String self;
  private final Assembler reports = new Assembler(MOST_OPEN, this::keep);

  private StudyLead(ActorContext<Object> context, ChainJob job, CompletableFuture<Void> done) {
    super(context);
    this.job = job;
    this.done = done;
    toGive = job.left();
    open = new HashSet<>(toGive);
    self = ActorRefResolver.get(context.getSystem()).toSerializationFormat(context.getSelf());
    context
        .spawn(
            WorkPullingProducerController.create(
                String.class, "study", StudyHand.FREE, Optional.empty()),
            "chains")
        .tell(new WorkPullingProducerController.Start<>(context.getSelf().narrow()));
  }

  /**
   * Gives out all chains of a job.
   *
   * @param done completed once all are kept, or with what went wrong
   */
  static Behavior<Object> create(ChainJob job, CompletableFuture<Void> done) {
    return Behaviors.setup(context -> new StudyLead(context, job, done));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(WorkPullingProducerController.<String>requestNextClass(), this::give)
        .onMessage(ChunkMessage.Part.class, this::take)
        .build();
  }

  /** Asked only when a hand is free; after the last chain, nobody is answered any more. */
  private Behavior<Object> give(WorkPullingProducerController.RequestNext<String> free) {
    Integer chain = toGive.poll();
    if (chain != null) {
      free.sendNextTo().tell(new StudyTask(job.study().fingerprint(), chain, self).text());
    }
    return this;
  }

  private Behavior<Object> take(ChunkMessage.Part part) {
    reports.take(part);
    return this;
  }

  private void keep(byte[] bytes, ActorRef<ChunkMessage.ToCaller> caller) {
    try {
      StudyReport report = StudyReport.of(bytes);
      if (report.failed()) {
        throw new WireException("chain " + report.chain() + " of the study: " + report.reason());
      }
      job.keep(report.chain(), report.content());
      open.remove(report.chain());
      reports.answer(caller, KEPT);
    } catch (IllegalArgumentException e) {
      done.completeExceptionally(new WireException("a report of no chain: " + e.getMessage(), e));
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
    if (open.isEmpty()) {
      done.complete(null);
    }
  }
}
