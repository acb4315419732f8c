package io.dualgrid.protocol;

/**
 * The course of the run begins.
 *
 * @param totalCapacity of all edges but the root, per unit
 * @param hub whether sums over the halves may be asked for
 * @param priceOfStep public price of the root times the step length, money per kW, length steps
 */
public record Start(double totalCapacity, boolean hub, double[] priceOfStep) implements Broadcast {
  static final Codec<Start> CODEC =
      new Codec<>() {
        @Override
        public void write(Start message, WireWriter out) {
          out.f64(message.totalCapacity);
          out.flag(message.hub);
          out.doubles(message.priceOfStep);
        }

        @Override
        public Start read(WireReader in) {
          return new Start(in.finite(), in.flag(), in.finites());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.START;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "Start[totalCapacity=" + totalCapacity + ", hub=" + hub + "]";
  }
}
