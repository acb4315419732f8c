package io.dualgrid.edge;

import io.dualgrid.protocol.Consensus;

/** One energy system's part of something that is passed on along the lines. */
interface LineHops {
  /** Takes what the other end of a line has sent. */
  void hear(LineEnd line, Consensus consensus, Answers answers);
}
