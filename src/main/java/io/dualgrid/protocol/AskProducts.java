package io.dualgrid.protocol;

/**
 * Accelerated algorithm: asks for the sums that decide about the next state.
 *
 * @param slot place of the newest column in the memory of the acceleration, −1 for none
 * @param scale what inner products are multiplied by, a power of two
 * @param movements whether movements since the last look at the penalties are wanted
 */
public record AskProducts(int slot, double scale, boolean movements) implements Broadcast {
  static final Codec<AskProducts> CODEC =
      new Codec<>() {
        @Override
        public void write(AskProducts message, WireWriter out) {
          out.i32(message.slot);
          out.f64(message.scale);
          out.flag(message.movements);
        }

        @Override
        public AskProducts read(WireReader in) {
          return new AskProducts(in.i32(), in.finite(), in.flag());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_PRODUCTS;
  }
}
