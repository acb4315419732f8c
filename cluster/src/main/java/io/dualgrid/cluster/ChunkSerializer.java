package io.dualgrid.cluster;

import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * {@link ChunkMessage}s as bytes: a number, the length of the caller's name, the name, the chunk.
 */
public final class ChunkSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 7_431_021; // any above Pekko's own
  private static final String PART = "part";
  private static final String GOT = "got";
  private static final String AGAIN = "again";
  private static final String ANSWER = "answer";
  private static final String REFUSED = "refused";
  private static final byte[] NOTHING = {};

  private final ActorRefResolver names;

  /** As the actor system makes it. */
  public ChunkSerializer(ExtendedActorSystem system) {
    names = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof ChunkMessage.Part) {
      return PART;
    }
    if (message instanceof ChunkMessage.Got) {
      return GOT;
    }
    if (message instanceof ChunkMessage.Again) {
      return AGAIN;
    }
    if (message instanceof ChunkMessage.Answer) {
      return ANSWER;
    }
    return REFUSED;
  }

  @Override
  public byte[] toBinary(Object message) {
    if (message instanceof ChunkMessage.Part part) {
      byte[] name = names.toSerializationFormat(part.caller()).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(2 * Integer.BYTES + name.length + part.chunk().length)
          .putInt(part.number())
          .putInt(name.length)
          .put(name)
          .put(part.chunk())
          .array();
    }
    if (message instanceof ChunkMessage.Got got) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(got.number()).array();
    }
    if (message instanceof ChunkMessage.Answer answer) {
      return ByteBuffer.allocate(Integer.BYTES + answer.chunk().length)
          .putInt(answer.number())
          .put(answer.chunk())
          .array();
    }
    return NOTHING;
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return switch (manifest) {
        case PART -> {
          int number = in.getInt();
          String caller = new String(take(in, in.getInt()), StandardCharsets.UTF_8);
          yield new ChunkMessage.Part(
              number, take(in, in.remaining()), names.resolveActorRef(caller));
        }
        case GOT -> new ChunkMessage.Got(in.getInt());
        case AGAIN -> new ChunkMessage.Again();
        case ANSWER -> new ChunkMessage.Answer(in.getInt(), take(in, in.remaining()));
        case REFUSED -> new ChunkMessage.Refused();
        default -> throw new NotSerializableException("no message is called " + manifest);
      };
    } catch (BufferUnderflowException e) {
      throw new NotSerializableException("a message that ends too early: " + manifest);
    }
  }

  private static byte[] take(ByteBuffer in, int length) throws NotSerializableException {
    if (length < 0 || length > in.remaining()) {
      throw new NotSerializableException(
          "a part of " + length + " bytes where " + in.remaining() + " are left");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
