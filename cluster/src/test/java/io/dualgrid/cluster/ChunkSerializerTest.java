package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkSerializerTest {
  private static final List<String> KINDS = List.of("part", "got", "again", "answer", "refused");

  private final ActorSystem<ChunkMessage.ToCaller> caller =
      ActorSystem.create(Behaviors.empty(), "caller");
  private final ChunkSerializer serializer =
      new ChunkSerializer((ExtendedActorSystem) Adapter.toClassic(caller));

  @AfterEach
  void end() {
    caller.terminate();
  }

  private Object again(Object message) throws NotSerializableException {
    return serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
  }

  @Test
  void whatIsWrittenIsRead() throws NotSerializableException {
    byte[] chunk = {1, 0, -1};
    ChunkMessage.Part part = (ChunkMessage.Part) again(new ChunkMessage.Part(3, chunk, caller));
    assertThat(part.number()).isEqualTo(3);
    assertThat(part.chunk()).isEqualTo(chunk);
    assertThat(part.caller().path()).isEqualTo(caller.path());
    ChunkMessage.Answer answer = (ChunkMessage.Answer) again(new ChunkMessage.Answer(4, chunk));
    assertThat(answer.number()).isEqualTo(4);
    assertThat(answer.chunk()).isEqualTo(chunk);
    assertThat(again(new ChunkMessage.Got(5))).isEqualTo(new ChunkMessage.Got(5));
    assertThat(again(new ChunkMessage.Again())).isEqualTo(new ChunkMessage.Again());
    assertThat(again(new ChunkMessage.Refused())).isEqualTo(new ChunkMessage.Refused());
  }

  @Test
  void lengthsThatLieAreRefused() {
    byte[] part = serializer.toBinary(new ChunkMessage.Part(3, new byte[5], caller));
    for (int length : new int[] {-1, Integer.MIN_VALUE, part.length, Integer.MAX_VALUE}) {
      byte[] lying = ByteBuffer.wrap(part.clone()).putInt(Integer.BYTES, length).array();
      assertThatThrownBy(() -> serializer.fromBinary(lying, "part"))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("a part of " + length + " bytes");
    }
    assertThatThrownBy(() -> serializer.fromBinary(part, "letter"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("no message is called letter");
  }

  /** Any bytes as any kind: a message, or refused as the transport expects, nothing else. */
  @Test
  void anyBytesAreReadOrRefused() {
    byte[] part = serializer.toBinary(new ChunkMessage.Part(3, new byte[5], caller));
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(part, random.nextInt(part.length + 4));
      for (int left = random.nextInt(4); left > 0 && bytes.length > 0; left--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      String kind = KINDS.get(random.nextInt(KINDS.size()));
      try {
        assertThat(serializer.manifest(serializer.fromBinary(bytes, kind))).isEqualTo(kind);
      } catch (NotSerializableException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
