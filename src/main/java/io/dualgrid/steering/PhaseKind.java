package io.dualgrid.steering;

import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.ProtocolException;

/** What a phase of newton consists of, by the order that begins it. */
public enum PhaseKind {
  /** A decision that is not answered. */
  TELL,
  /** A report of everybody. */
  SUM,
  /** Copies of all line ends, which nobody reads yet. */
  COPIES,
  /** Copies of all line ends, and their consensus. */
  EXCHANGE,
  /** Copies along the lines, then a report of everybody. */
  SWEEP;

  /**
   * The kind that an order begins.
   *
   * @throws ProtocolException for one that newton does not give
   */
  public static PhaseKind of(Broadcast order) {
    return switch (order.type()) {
      case NEWTON_ROWS, NEWTON_MOVE, NEWTON_KEEP -> TELL;
      case ASK_CAPACITIES,
          ASK_STORES,
          ASK_AGREEMENT,
          NEWTON_SWITCH,
          NEWTON_BEGIN,
          NEWTON_RELAX,
          NEWTON_OPEN,
          NEWTON_AIM,
          NEWTON_MULTIPLY,
          NEWTON_DIRECT,
          NEWTON_LEVELS,
          NEWTON_FIND,
          NEWTON_BOUND ->
          SUM;
      case START -> COPIES;
      case ADOPT -> EXCHANGE;
      case NEWTON_SWEEP, NEWTON_POLISH -> SWEEP;
      default ->
          throw new ProtocolException(
              AbortCode.UNEXPECTED, order.type() + " is no order of newton");
    };
  }
}
