package io.dualgrid.protocol;

import java.util.function.Consumer;

/** One direction of one link, at its sender: numbers messages and puts them into envelopes. */
public final class Outbox {
  private final RunId run;
  private final int epoch;
  private final int party;
  private final Consumer<byte[]> link;
  private long sequence;

  /**
   * For one link.
   *
   * @param party to be named on the envelopes
   * @param link takes the bytes away
   */
  public Outbox(RunId run, int epoch, int party, Consumer<byte[]> link) {
    this.run = run;
    this.epoch = epoch;
    this.party = party;
    this.link = link;
  }

  /**
   * Sends a message.
   *
   * @return the number it got
   */
  public long send(int iteration, int phase, Message message) {
    sequence++;
    Envelope envelope = new Envelope(message.type(), run, epoch, iteration, phase, party, sequence);
    link.accept(new Letter(envelope, message).toBytes());
    return sequence;
  }

  /** The number that the next message will get. */
  public long nextSequence() {
    return sequence + 1;
  }
}
