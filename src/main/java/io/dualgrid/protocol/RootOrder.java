package io.dualgrid.protocol;

/**
 * From the root to the operator, where the root solves for prices: an order that the operator is to
 * give to all.
 *
 * @param order to be told as it is
 */
public record RootOrder(Broadcast order) implements Message {
  static final Codec<RootOrder> CODEC =
      new Codec<>() {
        @Override
        public void write(RootOrder message, WireWriter out) {
          out.u8(message.order.type().code());
          message.order.type().write(message.order, out);
        }

        @Override
        public RootOrder read(WireReader in) {
          return new RootOrder(MessageType.readOrder(in));
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ROOT_ORDER;
  }

  /** The order without its values. */
  @Override
  public String toString() {
    return "RootOrder[" + order.type() + "]";
  }
}
