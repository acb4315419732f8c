package io.dualgrid.cluster;

import io.dualgrid.cloud.CloudService;
import io.dualgrid.network.wire.Chunks;
import io.dualgrid.network.wire.WireException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
  /** Of a question at most, as what sites send. */
  static final int MOST_BYTES = 1 << 29;

  /** Questions that are put together at the same time; a site asks one at a time. */
  private static final int MOST_OPEN = 4;

  private static final Duration LOOK = Duration.ofMinutes(1);

  private final CloudService cloud;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final Map<ActorRef<MaskMessage.ToCaller>, Question> open = new LinkedHashMap<>();
  private final Set<ActorRef<MaskMessage.ToCaller>> answering = new HashSet<>();
  private CompletableFuture<?> work = CompletableFuture.completedFuture(null);

  /** A question of which chunks are missing. */
  private static final class Question {
    final Chunks chunks = new Chunks(MOST_BYTES);
    int next;
  }

  /** The cloud has answered, or has failed to. */
  private record Answered(
      ActorRef<MaskMessage.ToCaller> caller, byte[] answer, Throwable failure) {}

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
  static Behavior<MaskMessage.ToMask> create(
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
        .onMessage(MaskMessage.Part.class, this::take)
        .onMessage(Answered.class, this::tell)
        .onMessage(Look.class, look -> look())
        .onSignal(PostStop.class, stopped -> end())
        .build();
  }

  private Behavior<Object> take(MaskMessage.Part part) {
    ActorRef<MaskMessage.ToCaller> caller = part.caller();
    if (answering.contains(caller)) {
      caller.tell(new MaskMessage.Got(part.number())); // asked whether this is still so
      return this;
    }
    Question question = open.get(caller);
    if (part.number() == 0 && (question == null || question.next != 1)) {
      open.keySet().stream().limit(open.size() >= MOST_OPEN ? 1 : 0).toList().forEach(open::remove);
      question = new Question();
      open.put(caller, question);
    }
    if (question == null || part.number() > question.next) {
      open.remove(caller);
      caller.tell(new MaskMessage.Again());
    } else if (part.number() < question.next) {
      caller.tell(new MaskMessage.Got(part.number()));
    } else {
      add(part, question);
    }
    return this;
  }

  private void add(MaskMessage.Part part, Question question) {
    try {
      question.next++;
      question
          .chunks
          .accept(part.chunk())
          .ifPresent(
              request -> {
                open.remove(part.caller());
                answer(request, part.caller());
              });
      part.caller().tell(new MaskMessage.Got(part.number()));
    } catch (WireException e) {
      open.remove(part.caller());
      part.caller().tell(new MaskMessage.Refused());
    }
  }

  private void answer(byte[] request, ActorRef<MaskMessage.ToCaller> caller) {
    answering.add(caller);
    CompletableFuture<byte[]> answer = cloud.handle(request);
    work = CompletableFuture.allOf(work, answer.handle((bytes, failure) -> null));
    getContext().pipeToSelf(answer, (bytes, failure) -> new Answered(caller, bytes, failure));
  }

  private Behavior<Object> tell(Answered answered) {
    answering.remove(answered.caller());
    if (answered.failure() == null) {
      int[] number = {0};
      Chunks.cut(answered.answer())
          .forEachRemaining(
              chunk -> answered.caller().tell(new MaskMessage.Answer(number[0]++, chunk)));
    } else {
      answered.caller().tell(new MaskMessage.Refused());
    }
    return this;
  }

  private Behavior<Object> look() {
    if (answering.isEmpty() && open.isEmpty() && cloud.held() == 0) {
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
