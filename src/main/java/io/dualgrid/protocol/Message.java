package io.dualgrid.protocol;

/** One of the messages that parties exchange; there are no others. */
public sealed interface Message
    permits Broadcast,
        Abort,
        Welcome,
        Roster,
        SiteKeys,
        LineKey,
        Boundary,
        Consensus,
        TreePart,
        TreeSum,
        Report,
        MaskedProgram,
        MaskedTerm,
        MaskedSolution,
        ReleaseMask,
        MaskStored,
        RootTurn,
        RootOrder,
        RootVerdict,
        RelayOrder,
        RelayLetter,
        RelayDone {
  /** What kind of message this is. */
  MessageType type();
}
