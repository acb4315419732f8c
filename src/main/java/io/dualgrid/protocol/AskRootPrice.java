package io.dualgrid.protocol;

/**
 * Asks the root for the prices at which its own program answers with the flows of the last sweep,
 * those nearest to some prices. All others report zeros.
 *
 * @param price of the active, then of the reactive injection, money per p.u. divided by the base
 *     power, length 2 · steps
 */
public record AskRootPrice(double[] price) implements Broadcast {
  static final Codec<AskRootPrice> CODEC =
      new Codec<>() {
        @Override
        public void write(AskRootPrice message, WireWriter out) {
          out.doubles(message.price);
        }

        @Override
        public AskRootPrice read(WireReader in) {
          return new AskRootPrice(in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_ROOT_PRICE;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "AskRootPrice[]";
  }
}
