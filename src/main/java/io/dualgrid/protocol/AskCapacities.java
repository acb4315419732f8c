package io.dualgrid.protocol;

/**
 * Asks every edge for its installed capacity at even or odd depth, and for the most it can cost.
 *
 * @param halves whether the capacities of the two halves are told apart
 * @param priceOfStep public price of the root times the step length, money per kW, length steps
 */
public record AskCapacities(boolean halves, double[] priceOfStep) implements Broadcast {
  static final Codec<AskCapacities> CODEC =
      new Codec<>() {
        @Override
        public void write(AskCapacities message, WireWriter out) {
          out.flag(message.halves);
          out.doubles(message.priceOfStep);
        }

        @Override
        public AskCapacities read(WireReader in) {
          return new AskCapacities(in.flag(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.ASK_CAPACITIES;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "AskCapacities[halves=" + halves + "]";
  }
}
