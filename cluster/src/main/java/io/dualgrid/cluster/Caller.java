package io.dualgrid.cluster;

import io.dualgrid.network.wire.Chunks;
import io.dualgrid.network.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One question on its way to a mask, chunk by chunk, and its answer on the way back. What is lost,
 * as when the mask's machine dies, is sent again to wherever the cluster has the mask by then.
 */
final class Caller extends AbstractBehavior<Object> {
  /** Nothing heard for so long: the chunk, or what was said to it, is taken for lost. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Longer than the cluster takes to give up a machine; as long as a site waits for a cloud. */
  private static final Duration MOST = Duration.ofSeconds(60);

  private final List<byte[]> chunks = new ArrayList<>();
  private final Consumer<ChunkMessage.ToReceiver> mask;
  private final CompletableFuture<byte[]> answer;
  private Chunks back = new Chunks(Assembler.MOST_BYTES);
  private int next;
  private int nextBack;
  private boolean heard;

  /** Of the timers. */
  private enum Tick {
    RETRY,
    END
  }

  private Caller(
      ActorContext<Object> context,
      byte[] question,
      Consumer<ChunkMessage.ToReceiver> mask,
      CompletableFuture<byte[]> answer) {
    super(context);
    this.mask = mask;
    this.answer = answer;
    Chunks.cut(question).forEachRemaining(chunks::add);
    send();
  }

  /**
   * Asks.
   *
   * @param mask carries to the mask, wherever that is
   * @param answer completed with the answer, or with what went wrong
   */
  static Behavior<Object> create(
      byte[] question, Consumer<ChunkMessage.ToReceiver> mask, CompletableFuture<byte[]> answer) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerWithFixedDelay(Tick.RETRY, RETRY);
          timers.startSingleTimer(Tick.END, MOST);
          return Behaviors.setup(context -> new Caller(context, question, mask, answer));
        });
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(ChunkMessage.Got.class, this::arrived)
        .onMessage(ChunkMessage.Again.class, again -> restart())
        .onMessage(ChunkMessage.Answer.class, this::hear)
        .onMessage(ChunkMessage.Refused.class, refused -> fail("a question that has no answer"))
        .onMessageEquals(Tick.RETRY, this::retry)
        .onMessageEquals(Tick.END, () -> fail("no machine of the cloud has answered in time"))
        .build();
  }

  private void send() {
    ActorRef<Object> self = getContext().getSelf();
    mask.accept(new ChunkMessage.Part(next, chunks.get(next), self.narrow()));
  }

  private Behavior<Object> arrived(ChunkMessage.Got got) {
    heard = true;
    if (got.number() == next && next + 1 < chunks.size()) {
      next++;
      send();
    }
    return this;
  }

  private Behavior<Object> restart() {
    heard = true;
    next = 0;
    send();
    return this;
  }

  private Behavior<Object> hear(ChunkMessage.Answer part) {
    heard = true;
    if (part.number() == 0) {
      back = new Chunks(Assembler.MOST_BYTES);
      nextBack = 0;
    }
    if (part.number() != nextBack) {
      return this; // one before it was lost: the question is put again
    }
    nextBack++;
    try {
      back.accept(part.chunk()).ifPresent(answer::complete);
    } catch (WireException e) {
      answer.completeExceptionally(e);
    }
    return answer.isDone() ? Behaviors.stopped() : this;
  }

  private Behavior<Object> retry() {
    if (answer.isDone()) {
      return Behaviors.stopped(); // whoever asked has gone
    }
    if (!heard) {
      send();
    }
    heard = false;
    return this;
  }

  private Behavior<Object> fail(String why) {
    answer.completeExceptionally(new WireException(why));
    return Behaviors.stopped();
  }
}
