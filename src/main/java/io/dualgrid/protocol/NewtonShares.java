package io.dualgrid.protocol;

/**
 * Newton: by how much the rows that enter grow with one edge's injections, for that edge alone.
 *
 * @param steps time step of each row
 * @param active per unit of the edge's active injection at that step
 * @param reactive per unit of its reactive injection
 * @param owned number of the limit, side · steps + step, where it is this edge's own, else −1
 */
public record NewtonShares(double[] steps, double[] active, double[] reactive, double[] owned)
    implements Message {
  static final Codec<NewtonShares> CODEC =
      new Codec<>() {
        @Override
        public void write(NewtonShares message, WireWriter out) {
          out.doubles(message.steps);
          out.doubles(message.active);
          out.doubles(message.reactive);
          out.doubles(message.owned);
        }

        @Override
        public NewtonShares read(WireReader in) {
          NewtonShares shares =
              new NewtonShares(in.finites(), in.finites(), in.finites(), in.finites());
          int rows = shares.steps.length;
          if (shares.active.length != rows
              || shares.reactive.length != rows
              || shares.owned.length != rows) {
            throw WireReader.malformed("shares of different numbers of rows");
          }
          return shares;
        }
      };

  @Override
  public MessageType type() {
    return MessageType.NEWTON_SHARES;
  }

  /** The number of rows only. */
  @Override
  public String toString() {
    return "NewtonShares[" + steps.length + " rows]";
  }
}
