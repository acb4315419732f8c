package io.dualgrid.protocol;

/**
 * Published algorithm: every edge moves its multipliers, solves and sends its copies.
 *
 * @param flowPenalty of P and Q, thousand units of money per p.u.²
 * @param voltagePenalty of V, thousand units of money per p.u.²
 */
public record SolveAll(double flowPenalty, double voltagePenalty) implements Broadcast {
  static final Codec<SolveAll> CODEC =
      new Codec<>() {
        @Override
        public void write(SolveAll message, WireWriter out) {
          out.f64(message.flowPenalty);
          out.f64(message.voltagePenalty);
        }

        @Override
        public SolveAll read(WireReader in) {
          return new SolveAll(in.finite(), in.finite());
        }
      };

  @Override
  public MessageType type() {
    return MessageType.SOLVE_ALL;
  }
}
