package io.dualgrid.cluster;

import io.dualgrid.network.wire.Chunks;
import io.dualgrid.network.wire.WireException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;

/** Puts questions together from their chunks, and hands back answers. Of one actor. */
final class Assembler {
  /** Of a question at most, as what sites send. */
  static final int MOST_BYTES = 1 << 29;

  private final int mostOpen;
  private final BiConsumer<byte[], ActorRef<ChunkMessage.ToCaller>> whole;
  private final Map<ActorRef<ChunkMessage.ToCaller>, Question> open = new LinkedHashMap<>();
  private final Set<ActorRef<ChunkMessage.ToCaller>> answering = new HashSet<>();

  /** A question of which chunks are missing. */
  private static final class Question {
    final Chunks chunks = new Chunks(MOST_BYTES);
    int next;
  }

  /**
   * Of nothing yet.
   *
   * @param mostOpen questions that are put together at the same time; a further one takes the place
   *     of the oldest
   * @param whole takes each question, and who asks
   */
  Assembler(int mostOpen, BiConsumer<byte[], ActorRef<ChunkMessage.ToCaller>> whole) {
    this.mostOpen = mostOpen;
    this.whole = whole;
  }

  /** Takes in a chunk. */
  void take(ChunkMessage.Part part) {
    ActorRef<ChunkMessage.ToCaller> caller = part.caller();
    if (answering.contains(caller)) {
      caller.tell(new ChunkMessage.Got(part.number())); // asked whether this is still so
      return;
    }
    Question question = open.get(caller);
    if (part.number() == 0 && (question == null || question.next != 1)) {
      open.keySet().stream().limit(open.size() >= mostOpen ? 1 : 0).toList().forEach(open::remove);
      question = new Question();
      open.put(caller, question);
    }
    if (question == null || part.number() > question.next) {
      open.remove(caller);
      caller.tell(new ChunkMessage.Again());
    } else if (part.number() < question.next) {
      caller.tell(new ChunkMessage.Got(part.number()));
    } else {
      add(part, question);
    }
  }

  private void add(ChunkMessage.Part part, Question question) {
    try {
      question.next++;
      question
          .chunks
          .accept(part.chunk())
          .ifPresent(
              request -> {
                open.remove(part.caller());
                answering.add(part.caller());
                whole.accept(request, part.caller());
              });
      part.caller().tell(new ChunkMessage.Got(part.number()));
    } catch (WireException e) {
      open.remove(part.caller());
      part.caller().tell(new ChunkMessage.Refused());
    }
  }

  /** Answers a question. */
  void answer(ActorRef<ChunkMessage.ToCaller> caller, byte[] answer) {
    answering.remove(caller);
    int[] number = {0};
    Chunks.cut(answer)
        .forEachRemaining(chunk -> caller.tell(new ChunkMessage.Answer(number[0]++, chunk)));
  }

  /** Tells that a question has no answer. */
  void refuse(ActorRef<ChunkMessage.ToCaller> caller) {
    answering.remove(caller);
    caller.tell(new ChunkMessage.Refused());
  }

  /** Whether there is no question, whole or in parts. */
  boolean isIdle() {
    return open.isEmpty() && answering.isEmpty();
  }
}
