package io.dualgrid.protocol;

/**
 * Asks every edge for the least that it can cost at some prices, and for the injections that answer
 * them.
 *
 * @param atNodes whether prices differ from node to node by the last {@link SweepPrices}, the given
 *     ones being the root's
 * @param price of the active, then of the reactive injection, money per p.u. divided by the base
 *     power, length 2 · steps
 */
public record AskBound(boolean atNodes, double[] price) implements Broadcast {
  static final Codec<AskBound> CODEC =
      new Codec<>() {
        @Override
        public void write(AskBound message, WireWriter out) {
          out.flag(message.atNodes);
          out.doubles(message.price);
        }

        @Override
        public AskBound read(WireReader in) {
          return new AskBound(in.flag(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_BOUND;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "AskBound[]";
  }
}
