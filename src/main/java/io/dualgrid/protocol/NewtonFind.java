package io.dualgrid.protocol;

/**
 * Newton: asks for one more bit of the number of the nearest limit (that of its edge, and which
 * side of a rating it is), for several limits at once.
 *
 * @param bit which bit, counted from the lowest
 * @param places number of each limit that is told, side · steps + step
 * @param levels how near its nearest is
 * @param prefixes the higher bits known so far
 */
public record NewtonFind(int bit, double[] places, double[] levels, double[] prefixes)
    implements Broadcast {
  static final Codec<NewtonFind> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonFind message, WireWriter out) {
          out.i32(message.bit);
          out.doubles(message.places);
          out.doubles(message.levels);
          out.doubles(message.prefixes);
        }

        @Override
        public NewtonFind read(WireReader in) {
          return new NewtonFind(
              in.count(Integer.MAX_VALUE), in.finites(), in.finites(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_FIND;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "NewtonFind[bit=" + bit + "]";
  }
}
