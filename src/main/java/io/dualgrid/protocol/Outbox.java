package io.dualgrid.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One direction of one link, at its sender: numbers messages and puts them into envelopes. Of a
 * site, over what may lose letters, it keeps the letters of the phase it is in, so that what was
 * lost on the way is sent again as it was, byte by byte: a second encryption, or a second mask for
 * the same round, would give away the difference.
 */
public final class Outbox {
  private final RunId run;
  private final int epoch;
  private final int party;
  private final Consumer<byte[]> link;
  private final boolean keeps;
  private final List<Letter> ofPhase = new ArrayList<>();
  private int iteration;
  private int phase;
  private long sequence;

  private Outbox(RunId run, int epoch, int party, Consumer<byte[]> link, boolean keeps) {
    this.run = run;
    this.epoch = epoch;
    this.party = party;
    this.link = link;
    this.keeps = keeps;
  }

  /**
   * For one link of a site, that may lose letters.
   *
   * @param party to be named on the envelopes
   * @param link takes the bytes away
   */
  public static Outbox repeating(RunId run, int epoch, int party, Consumer<byte[]> link) {
    return new Outbox(run, epoch, party, link, true);
  }

  /** The same for a link that loses nothing, or of who never sends anything again. */
  public static Outbox once(RunId run, int epoch, int party, Consumer<byte[]> link) {
    return new Outbox(run, epoch, party, link, false);
  }

  /**
   * Sends a message.
   *
   * @param message kept for a while; not to be changed, nor what it refers to
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
    Letter letter = new Letter(envelope, message);
    if (keeps) {
      ofPhase.add(letter);
    }
    link.accept(letter.toBytes());
    return sequence;
  }

  /** Sends the letters of a phase again, where it is the last one that anything was sent in. */
  public void repeat(int ofIteration, int inPhase) {
    if (ofIteration == iteration && inPhase == phase) {
      ofPhase.forEach(letter -> link.accept(letter.toBytes()));
    }
  }

  /** The number that the next message will get. */
  public long nextSequence() {
    return sequence + 1;
  }
}
