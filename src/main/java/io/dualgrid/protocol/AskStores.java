package io.dualgrid.protocol;

/**
 * Asks every edge whether it owns a device that stores power, whether one that stores heat, and
 * whether it does so as company to others.
 */
public record AskStores() implements Broadcast {
  static final Codec<AskStores> CODEC =
      new Codec<>() {
        @Override
        public void write(AskStores message, WireWriter out) {
          // the name says everything
        }

        @Override
        public AskStores read(WireReader in) {
          return new AskStores();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_STORES;
  }
}
