package io.dualgrid.protocol;

/**
 * Newton: limits of voltage or flow enter; each edge gets its {@link NewtonShares} in the same
 * phase.
 *
 * @param count number of rows, one at least
 */
public record NewtonRows(int count) implements Broadcast {
  static final Codec<NewtonRows> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonRows message, WireWriter out) {
          out.i32(message.count);
        }

        @Override
        public NewtonRows read(WireReader in) {
          return new NewtonRows(in.count(Integer.MAX_VALUE));
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_ROWS;
  }
}
