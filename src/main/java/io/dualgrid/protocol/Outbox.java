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
    Letter letter = letter(inIteration, inPhase, message, 0);
    sequence++;
    if (keeps) {
      ofPhase.add(letter);
    }
    link.accept(letter.toBytes());
    return sequence;
  }

  private Letter letter(int inIteration, int inPhase, Message message, int after) {
    long number = sequence + 1 + after;
    Envelope envelope =
        new Envelope(message.type(), run, epoch, inIteration, inPhase, party, number);
    return new Letter(envelope, message);
  }

  /**
   * Writes a letter that is still to be sent, by {@link #send(byte[])}. Any thread may, where none
   * sends meanwhile: many letters are so written at once and sent in their order.
   *
   * @param after how many letters will be sent before it
   */
  public byte[] written(int inIteration, int inPhase, Message message, int after) {
    return letter(inIteration, inPhase, message, after).toBytes();
  }

  /**
   * Sends the letter that was {@link #written} to be the next.
   *
   * @throws IllegalStateException where letters are kept: of bytes nothing could be sent again
   */
  public void send(byte[] written) {
    if (keeps) {
      throw new IllegalStateException("this link may lose letters; send the message itself");
    }
    sequence++;
    link.accept(written);
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
