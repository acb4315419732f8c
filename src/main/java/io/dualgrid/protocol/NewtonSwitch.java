package io.dualgrid.protocol;

/**
 * Newton: devices that are switched on and off. Every edge answers whether it has such devices, and
 * where states were asked for, whether it found none, and whether that is proved.
 *
 * @param stage what to do
 */
public record NewtonSwitch(Stage stage) implements Broadcast {
  /** What an edge does with its devices. */
  public enum Stage {
    /** Nothing: tell whether there are any. */
    ASK,
    /** Fix their states by what is cheapest at the prices of the point that was kept. */
    AT_PRICES,
    /**
     * Fix them anew by what is cheapest at the prices of the last bound: where the states before
     * leave no dispatch, these show what is short, and where.
     */
    AGAIN
  }

  static final Codec<NewtonSwitch> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonSwitch message, WireWriter out) {
          out.u8(message.stage.ordinal());
        }

        @Override
        public NewtonSwitch read(WireReader in) {
          int stage = in.u8();
          if (stage >= Stage.values().length) {
            throw WireReader.malformed("stage " + stage + " is unknown");
          }
          return new NewtonSwitch(Stage.values()[stage]);
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_SWITCH;
  }
}
