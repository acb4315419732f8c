package io.dualgrid.protocol;

import java.util.Optional;

/**
 * From a relay to the operator: all that an order calls for has come from the sites behind it.
 *
 * @param total of what they report, in which masks towards sites behind other relays remain; empty
 *     where they do not
 */
public record RelayDone(Optional<Payload> total) implements Message {
  static final Codec<RelayDone> CODEC =
      new Codec<>() {
        @Override
        public void write(RelayDone message, WireWriter out) {
          out.flag(message.total.isPresent());
          message.total.ifPresent(payload -> Payload.write(payload, out));
        }

        @Override
        public RelayDone read(WireReader in) {
          return new RelayDone(in.flag() ? Optional.of(Payload.read(in)) : Optional.empty());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.RELAY_DONE;
  }
}
