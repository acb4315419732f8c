package io.dualgrid.cluster;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What passes between machines of a cluster: a question, as to a mask, and its answer, cut into
 * chunks, since the transport drops what is larger than a frame. A question's next chunk is sent
 * when the last has arrived, so that no queue on the way overflows, which would drop as well.
 */
sealed interface ChunkMessage {

  /** To whoever answers. */
  sealed interface ToReceiver extends ChunkMessage {}

  /** To whoever asks. */
  sealed interface ToCaller extends ChunkMessage {}

  /**
   * A chunk of a question. Sent again when nothing is heard.
   *
   * @param number from 0
   * @param chunk as {@link io.dualgrid.network.wire.Chunks} cuts it, with the mark of the last
   * @param caller who asks; of a question of its own each
   */
  record Part(int number, byte[] chunk, ActorRef<ToCaller> caller) implements ToReceiver {}

  /**
   * A chunk has arrived; the last of a question, and it is being answered.
   *
   * @param number its number
   */
  record Got(int number) implements ToCaller {}

  /**
   * Nothing is known of this question: its machine is another than before. From the start, please.
   */
  record Again() implements ToCaller {}

  /**
   * A chunk of the answer.
   *
   * @param number from 0
   * @param chunk as {@link io.dualgrid.network.wire.Chunks} cuts it
   */
  record Answer(int number, byte[] chunk) implements ToCaller {}

  /** The question cannot be answered, whoever it is sent to. */
  record Refused() implements ToCaller {}
}
