package io.dualgrid.parties;

import io.dualgrid.ckks.CkksException;
import java.util.List;

/**
 * The grid operator's exchange: it keeps the latest boundary message of each line end and forms the
 * consensus of each line, under the key of whichever end asks. It never reads one.
 */
final class GridOperator {
  private final BoundaryMessage[] upstream;
  private final BoundaryMessage[] downstream;
  private final PayloadArithmetic arithmetic;
  private final double[] upstreamWeights;
  private final PartyHooks hooks;

  /**
   * For a network.
   *
   * @param upstreamWeights per line, weight α of the copy of the node the line starts from
   * @param arithmetic how payloads are combined
   * @param hooks see every message in and out
   */
  GridOperator(double[] upstreamWeights, PayloadArithmetic arithmetic, PartyHooks hooks) {
    this.hooks = hooks;
    this.upstreamWeights = upstreamWeights.clone();
    this.arithmetic = arithmetic;
    upstream = new BoundaryMessage[upstreamWeights.length];
    downstream = new BoundaryMessage[upstreamWeights.length];
  }

  /** Keeps messages, each replacing the one its line end sent before. */
  void receive(List<BoundaryMessage> messages) {
    for (BoundaryMessage sent : messages) {
      BoundaryMessage message = hooks.toOperator(sent);
      if (message.line() < 0 || message.line() >= upstream.length) {
        throw new ProtocolException("a message for unknown line " + message.line());
      }
      (message.fromDownstream() ? downstream : upstream)[message.line()] = message;
    }
  }

  /**
   * The consensus of a line for one of its ends.
   *
   * @throws ProtocolException when one end has not sent yet
   */
  ConsensusMessage consensus(int line, boolean toDownstream) {
    BoundaryMessage up = upstream[line];
    BoundaryMessage down = downstream[line];
    if (up == null || down == null) {
      throw new ProtocolException("line " + line + ": one end has not sent its copy");
    }
    double weight = upstreamWeights[line];
    Payload sum;
    try {
      sum =
          toDownstream
              ? arithmetic.combine(up.underNeighbourKey(), weight, down.underOwnKey(), 1 - weight)
              : arithmetic.combine(up.underOwnKey(), weight, down.underNeighbourKey(), 1 - weight);
    } catch (CkksException e) {
      throw new CkksException(e.reason(), "line " + line + ": " + e.getMessage(), e);
    } catch (ProtocolException e) {
      throw new ProtocolException("line " + line + ": " + e.getMessage());
    }
    return hooks.fromOperator(new ConsensusMessage(line, toDownstream, sum));
  }
}
