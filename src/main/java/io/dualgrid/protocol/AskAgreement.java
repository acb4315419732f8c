package io.dualgrid.protocol;

/** Asks how many copies are off by more than the tolerance. */
public record AskAgreement() implements Broadcast {
  static final Codec<AskAgreement> CODEC =
      new Codec<>() {
        @Override
        public void write(AskAgreement message, WireWriter out) {
          // the name says everything
        }

        @Override
        public AskAgreement read(WireReader in) {
          return new AskAgreement();
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_AGREEMENT;
  }
}
