package io.dualgrid.steering;

import io.dualgrid.consensus.newton.Shortfall;
import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RootVerdict;
import java.util.List;

/**
 * What the root tells the operator of what is short, as a message has it and as the method does.
 */
public final class Verdicts {
  private static final Shortfall.Kind[] KINDS = Shortfall.Kind.values();

  private Verdicts() {}

  /** Of an iteration after which the run may go on. */
  public static RootVerdict of(Outcome outcome) {
    return new RootVerdict(
        outcome.converged(), outcome.stalled(), !outcome.infeasible().isEmpty(), false, List.of());
  }

  /** Of a proof that no dispatch meets the limits. */
  public static RootVerdict infeasible(List<Shortfall> shortfalls) {
    return new RootVerdict(
        false,
        "",
        true,
        true,
        shortfalls.stream()
            .map(
                one ->
                    new RootVerdict.Lack(
                        one.kind().ordinal(), one.node(), one.step(), one.lack(), one.amount()))
            .toList());
  }

  /**
   * What is short.
   *
   * @param nodes of the feeder
   * @param steps of the run
   * @throws ProtocolException for a limit that there is not
   */
  public static List<Shortfall> shortfalls(RootVerdict verdict, int nodes, int steps) {
    return verdict.lacks().stream().map(lack -> shortfall(lack, nodes, steps)).toList();
  }

  private static Shortfall shortfall(RootVerdict.Lack lack, int nodes, int steps) {
    if (lack.kind() >= KINDS.length || lack.node() >= nodes || lack.step() >= steps) {
      throw new ProtocolException(AbortCode.MALFORMED, "the root: there is no such limit: " + lack);
    }
    return new Shortfall(
        KINDS[lack.kind()], lack.node(), lack.step(), lack.tooLittle(), lack.amount());
  }
}
