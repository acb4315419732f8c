package io.dualgrid.protocol;

import java.util.Optional;

/**
 * From the operator to the root, where the root solves for prices: its order has been carried out,
 * or an iteration is to begin.
 *
 * @param total of what all have reported, which the root alone can read; empty where they do not
 */
public record RootTurn(Optional<Payload> total) implements Message {
  static final Codec<RootTurn> CODEC =
      new Codec<>() {
        @Override
        public void write(RootTurn message, WireWriter out) {
          out.flag(message.total.isPresent());
          message.total.ifPresent(payload -> Payload.write(payload, out));
        }

        @Override
        public RootTurn read(WireReader in) {
          return new RootTurn(in.flag() ? Optional.of(Payload.read(in)) : Optional.empty());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ROOT_TURN;
  }
}
