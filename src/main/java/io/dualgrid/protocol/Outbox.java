package io.dualgrid.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One direction of one link, at its sender: numbers messages and puts them into envelopes. It keeps
 * the bytes of the phase it is in, so that what was lost on the way is sent again as it was: a
 * second encryption, or a second mask for the same round, would give away the difference.
 */
public final class Outbox {
  private final RunId run;
  private final int epoch;
  private final int party;
  private final Consumer<byte[]> link;
  private final List<byte[]> ofPhase = new ArrayList<>();
  private int iteration;
  private int phase;
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
  public long send(int inIteration, int inPhase, Message message) {
    if (inIteration != iteration || inPhase != phase) {
      ofPhase.clear();
      iteration = inIteration;
      phase = inPhase;
    }
    sequence++;
    Envelope envelope = new Envelope(message.type(), run, epoch, iteration, phase, party, sequence);
    byte[] bytes = new Letter(envelope, message).toBytes();
    ofPhase.add(bytes);
    link.accept(bytes);
    return sequence;
  }

  /** Sends the bytes of a phase again, where it is the last one that anything was sent in. */
  public void repeat(int ofIteration, int inPhase) {
    if (ofIteration == iteration && inPhase == phase) {
      ofPhase.forEach(bytes -> link.accept(bytes.clone()));
    }
  }

  /** The number that the next message will get. */
  public long nextSequence() {
    return sequence + 1;
  }
}
