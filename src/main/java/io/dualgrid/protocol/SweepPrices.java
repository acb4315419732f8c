package io.dualgrid.protocol;

/**
 * What voltage limits are worth is added up from the leaves to the root, by how much prices at
 * nodes differ from the root's follows back; then every edge reports that it knows. See {@link
 * AskBound}.
 */
public record SweepPrices() implements Broadcast {
  static final Codec<SweepPrices> CODEC =
      new Codec<>() {
        @Override
        public void write(SweepPrices message, WireWriter out) {
          // the name says everything
        }

        @Override
        public SweepPrices read(WireReader in) {
          return new SweepPrices();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.SWEEP_PRICES;
  }
}
