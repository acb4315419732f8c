package io.dualgrid.protocol;

import java.util.List;

/** The kinds of messages, with their codes on the wire and their codecs. */
public enum MessageType {
  /** See {@link Abort}. */
  ABORT(1, Abort.CODEC),
  /** See {@link Welcome}. */
  WELCOME(2, Welcome.CODEC),
  /** See {@link SiteKeys}. */
  SITE_KEYS(3, SiteKeys.CODEC),
  /** See {@link LineKey}. */
  LINE_KEY(4, LineKey.CODEC),
  /** See {@link AskCapacities}. */
  ASK_CAPACITIES(5, AskCapacities.CODEC),
  /** See {@link Start}. */
  START(6, Start.CODEC),
  /** See {@link SolveAll}. */
  SOLVE_ALL(7, SolveAll.CODEC),
  /** See {@link AskResiduals}. */
  ASK_RESIDUALS(8, AskResiduals.CODEC),
  /** See {@link SolveHalf}. */
  SOLVE_HALF(9, SolveHalf.CODEC),
  /** See {@link AskProducts}. */
  ASK_PRODUCTS(10, AskProducts.CODEC),
  /** See {@link Move}. */
  MOVE(11, Move.CODEC),
  /** See {@link Sweep}. */
  SWEEP(12, Sweep.CODEC),
  /** See {@link AskPrices}. */
  ASK_PRICES(13, AskPrices.CODEC),
  /** See {@link AskBound}. */
  ASK_BOUND(14, AskBound.CODEC),
  /** See {@link Adopt}. */
  ADOPT(15, Adopt.CODEC),
  /** See {@link AskAgreement}. */
  ASK_AGREEMENT(16, AskAgreement.CODEC),
  /** See {@link Finish}. */
  FINISH(17, Finish.CODEC),
  /** See {@link Boundary}. */
  BOUNDARY(18, Boundary.CODEC),
  /** See {@link Consensus}. */
  CONSENSUS(19, Consensus.CODEC),
  /** See {@link Report}. */
  REPORT(20, Report.CODEC),
  /** See {@link MaskedProgram}. */
  MASKED_PROGRAM(21, MaskedProgram.CODEC),
  /** See {@link MaskedTerm}. */
  MASKED_TERM(22, MaskedTerm.CODEC),
  /** See {@link MaskedSolution}. */
  MASKED_SOLUTION(23, MaskedSolution.CODEC),
  /** See {@link ReleaseMask}. */
  RELEASE_MASK(24, ReleaseMask.CODEC),
  /** See {@link MaskStored}. */
  MASK_STORED(25, MaskStored.CODEC),
  /** See {@link NewtonBegin}. */
  NEWTON_BEGIN(26, NewtonBegin.CODEC),
  /** See {@link NewtonRows}. */
  NEWTON_ROWS(27, NewtonRows.CODEC),
  /** See {@link NewtonOpen}. */
  NEWTON_OPEN(28, NewtonOpen.CODEC),
  /** See {@link NewtonAim}. */
  NEWTON_AIM(29, NewtonAim.CODEC),
  /** See {@link NewtonMultiply}. */
  NEWTON_MULTIPLY(30, NewtonMultiply.CODEC),
  /** See {@link NewtonDirect}. */
  NEWTON_DIRECT(31, NewtonDirect.CODEC),
  /** See {@link NewtonMove}. */
  NEWTON_MOVE(32, NewtonMove.CODEC),
  /** See {@link NewtonSweep}. */
  NEWTON_SWEEP(33, NewtonSweep.CODEC),
  /** See {@link NewtonLevels}. */
  NEWTON_LEVELS(43, NewtonLevels.CODEC),
  /** See {@link NewtonFind}. */
  NEWTON_FIND(34, NewtonFind.CODEC),
  /** See {@link NewtonBound}. */
  NEWTON_BOUND(35, NewtonBound.CODEC),
  /** See {@link NewtonPolish}. */
  NEWTON_POLISH(36, NewtonPolish.CODEC),
  /** See {@link NewtonKeep}. */
  NEWTON_KEEP(37, NewtonKeep.CODEC),
  /** See {@link AskStores}. */
  ASK_STORES(38, AskStores.CODEC),
  /** See {@link Roster}. */
  ROSTER(40, Roster.CODEC),
  /** See {@link AskRootPrice}. */
  ASK_ROOT_PRICE(41, AskRootPrice.CODEC),
  /** See {@link NewtonRelax}. */
  NEWTON_RELAX(42, NewtonRelax.CODEC),
  /** See {@link NewtonSwitch}. */
  NEWTON_SWITCH(44, NewtonSwitch.CODEC),
  /** See {@link SweepPrices}. */
  SWEEP_PRICES(45, SweepPrices.CODEC),
  /** See {@link RootTurn}. */
  ROOT_TURN(46, RootTurn.CODEC),
  /** See {@link RootOrder}. */
  ROOT_ORDER(47, RootOrder.CODEC),
  /** See {@link RootVerdict}. */
  ROOT_VERDICT(48, RootVerdict.CODEC),
  /** See {@link TreePart}. */
  TREE_PART(49, TreePart.CODEC),
  /** See {@link TreeSum}. */
  TREE_SUM(50, TreeSum.CODEC),
  /** See {@link RelayOrder}. */
  RELAY_ORDER(51, RelayOrder.CODEC),
  /** See {@link RelayLetter}. */
  RELAY_LETTER(52, RelayLetter.CODEC),
  /** See {@link RelayDone}. */
  RELAY_DONE(53, RelayDone.CODEC);

  private static final List<MessageType> ALL = List.of(values()); // not a copy for each letter

  private final int code;
  private final Codec<? extends Message> codec;

  MessageType(int code, Codec<? extends Message> codec) {
    this.code = code;
    this.codec = codec;
  }

  int code() {
    return code;
  }

  static MessageType of(int code) {
    for (MessageType known : ALL) {
      if (known.code == code) {
        return known;
      }
    }
    throw WireReader.malformed("message type " + code + " is unknown");
  }

  /** Whether only relays and the operator exchange it. */
  boolean ofRelays() {
    return this == RELAY_ORDER || this == RELAY_LETTER || this == RELAY_DONE;
  }

  /**
   * Reads an order to all, with its type before it. What carries a message itself is refused
   * unread: such could be put into each other without end.
   */
  static Broadcast readOrder(WireReader in) {
    MessageType type = of(in.u8());
    if (type != ROOT_ORDER && !type.ofRelays() && type.read(in) instanceof Broadcast order) {
      return order;
    }
    throw WireReader.malformed(type + " is no order to all");
  }

  // the codec of a type is that of its message, which the constants above pair
  @SuppressWarnings("unchecked")
  void write(Message message, WireWriter out) {
    ((Codec<Message>) codec).write(message, out);
  }

  Message read(WireReader in) {
    return codec.read(in);
  }
}
