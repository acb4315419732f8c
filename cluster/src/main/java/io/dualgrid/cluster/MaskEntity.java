package io.dualgrid.cluster;

import io.dualgrid.cloud.CloudService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * One mask with its workspace, on the machine where the cluster has put it. It puts questions
 * together and has a cloud of its own answer them, which knows this mask only: when the cluster
 * moves the mask, its workspace goes, and the site, which is told that the mask is unknown, sends
 * the program again. It goes by itself once its lease has run out.
 */
final class MaskEntity extends AbstractBehavior<Object> {
  /** Questions that are put together at the same time; a site asks one at a time. */
  private static final int MOST_OPEN = 4;

  private static final Duration LOOK = Duration.ofMinutes(1);

  private final CloudService cloud;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final Assembler questions = new Assembler(MOST_OPEN, this::answer);
  private CompletableFuture<?> work = CompletableFuture.completedFuture(null);

  /** The cloud has answered, or has failed to. */
  private record Answered(
      ActorRef<ChunkMessage.ToCaller> caller, byte[] answer, Throwable failure) {}

  /** Time to look whether anybody still needs this mask. */
  private enum Look {
    NOW
  }

  private MaskEntity(
      ActorContext<Object> context,
      CloudService cloud,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(context);
    this.cloud = cloud;
    this.shard = shard;
  }

  /**
   * A mask that nothing is known of yet.
   *
   * @param cloud its own
   */
  static Behavior<ChunkMessage.ToReceiver> create(
      CloudService cloud, ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.<Object>withTimers(
            timers -> {
              timers.startTimerWithFixedDelay(Look.NOW, LOOK);
              return Behaviors.setup(context -> new MaskEntity(context, cloud, shard));
            })
        .narrow();
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(ChunkMessage.Part.class, this::take)
        .onMessage(Answered.class, this::tell)
        .onMessage(Look.class, look -> look())
        .onSignal(PostStop.class, stopped -> end())
        .build();
  }

  private Behavior<Object> take(ChunkMessage.Part part) {
    questions.take(part);
    return this;
  }

  private void answer(byte[] request, ActorRef<ChunkMessage.ToCaller> caller) {
    CompletableFuture<byte[]> answer = cloud.handle(request);
    work = CompletableFuture.allOf(work, answer.handle((bytes, failure) -> null));
    getContext().pipeToSelf(answer, (bytes, failure) -> new Answered(caller, bytes, failure));
  }

  private Behavior<Object> tell(Answered answered) {
    if (answered.failure() == null) {
      questions.answer(answered.caller(), answered.answer());
    } else {
      questions.refuse(answered.caller());
    }
    return this;
  }

  private Behavior<Object> look() {
    if (questions.isIdle() && cloud.held() == 0) {
      shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf().unsafeUpcast()));
    }
    return this;
  }

  /** What is being solved is solved first: a workspace in use cannot be freed. */
  private Behavior<Object> end() {
    work.whenComplete((done, failure) -> cloud.close());
    return this;
  }
}
