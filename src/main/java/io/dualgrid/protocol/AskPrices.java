package io.dualgrid.protocol;

/** Asks for what the multipliers of the lines add to the price, weighted by size. */
public record AskPrices() implements Broadcast {
  static final Codec<AskPrices> CODEC =
      new Codec<>() {
        @Override
        public void write(AskPrices message, WireWriter out) {
          // the name says everything
        }

        @Override
        public AskPrices read(WireReader in) {
          return new AskPrices();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_PRICES;
  }
}
