package io.dualgrid.protocol;

import io.dualgrid.protocol.MessageTap.Way;
import io.dualgrid.run.RunHooks;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Hooks of tests that read messages on their way, or put others in their place. */
public final class Taps {
  private Taps() {}

  /** Hooks with a tap. */
  public static RunHooks hooks(MessageTap tap) {
    return new RunHooks() {
      @Override
      public MessageTap tap() {
        return tap;
      }
    };
  }

  /**
   * Hooks that change messages of one kind that go one way; envelopes stay, but for the type.
   *
   * @param type of the messages that are changed
   */
  public static <M extends Message> RunHooks changing(
      Way way, Class<M> type, UnaryOperator<M> change) {
    return hooks(
        (on, edge, bytes) -> {
          Letter letter = Letter.fromBytes(bytes);
          if (on != way || !type.isInstance(letter.message())) {
            return List.of(bytes);
          }
          M changed = change.apply(type.cast(letter.message()));
          return List.of(new Letter(letter.envelope(), changed).toBytes());
        });
  }

  /** Hooks that read every message of one kind. */
  public static <M extends Message> RunHooks reading(Class<M> type, Consumer<M> reader) {
    return hooks(
        (on, edge, bytes) -> {
          Message message = Letter.fromBytes(bytes).message();
          if (type.isInstance(message)) {
            reader.accept(type.cast(message));
          }
          return List.of(bytes);
        });
  }
}
