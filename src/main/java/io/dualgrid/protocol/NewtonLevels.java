package io.dualgrid.protocol;

/**
 * Newton: asks how near each of some limits is, of those that the last sweep found near.
 *
 * @param places number of each limit that is told, side · steps + step
 */
public record NewtonLevels(double[] places) implements Broadcast {
  static final Codec<NewtonLevels> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonLevels message, WireWriter out) {
          out.doubles(message.places);
        }

        @Override
        public NewtonLevels read(WireReader in) {
          return new NewtonLevels(in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_LEVELS;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonLevels[" + places.length + "]";
  }
}
