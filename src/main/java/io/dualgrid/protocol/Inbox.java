package io.dualgrid.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * One direction of one link, at its receiver: letters come out of it in the order in which they
 * were sent, each once, however often and in whatever order their bytes arrive.
 *
 * <ul>
 *   <li>The same bytes again are ignored: a sender that is not sure sends anew. Of the newest
 *       letter they say that its answer was lost.
 *   <li>Other bytes under a number that was taken or waits end the run: two stories were told.
 *   <li>What comes early waits, up to a limit, for what is missing.
 *   <li>A message of an older epoch is dropped; of a later one, another run, another version or
 *       another party, refused.
 * </ul>
 *
 * <p>Of bytes that were taken, length and checksum are kept for comparison through the phase in
 * which they came and the next one; an older number that comes again is ignored unread. A second
 * message with the checksum of the first goes unnoticed, but it is ignored all the same: the first
 * one stands. One thread at a time, but for {@link #open}.
 */
public final class Inbox {
  /** Most letters that may wait for one that is missing. */
  private static final int WINDOW = 1024;

  private final String sender;
  private final RunId run;
  private final int party;
  private final int epoch;
  private final Deque<Kept> recent = new ArrayDeque<>();
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private long next = 1;
  private boolean lastAgain;

  private record Kept(Envelope envelope, int length, long checksum) {
    static Kept of(Envelope envelope, byte[] bytes) {
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      return new Kept(envelope, bytes.length, crc.getValue());
    }
  }

  private record Waiting(Letter letter, Kept kept) {}

  /** What came, read but not taken in yet: a letter, or why it is none. */
  public static final class Opened {
    private final Waiting letter; // null when it is none
    private final ProtocolException failure;

    private Opened(Waiting letter, ProtocolException failure) {
      this.letter = letter;
      this.failure = failure;
    }
  }

  /**
   * For letters of one sender.
   *
   * @param sender what messages about it call it
   * @param party that its envelopes must name
   */
  public Inbox(String sender, RunId run, int epoch, int party) {
    this.sender = sender;
    this.run = run;
    this.epoch = epoch;
    this.party = party;
  }

  /**
   * Takes bytes in.
   *
   * @param bytes as they arrived
   * @return the letters that are next, oldest first; often one, none when bytes came again or early
   * @throws ProtocolException naming the sender and what is wrong
   */
  public List<Letter> accept(byte[] bytes) {
    return accept(open(bytes));
  }

  /**
   * Reads bytes, which depends on nothing that came before: the part of {@link #accept(byte[])}
   * that any thread may do, and that takes most of its time.
   */
  public static Opened open(byte[] bytes) {
    try {
      Letter letter = Letter.fromBytes(bytes);
      return new Opened(new Waiting(letter, Kept.of(letter.envelope(), bytes)), null);
    } catch (ProtocolException e) {
      return new Opened(null, e);
    }
  }

  /** Takes in bytes that have been read; see {@link #accept(byte[])}. */
  public List<Letter> accept(Opened opened) {
    lastAgain = false;
    if (opened.failure != null) {
      throw refuse(opened.failure.code(), opened.failure.getMessage(), opened.failure);
    }
    Waiting came = opened.letter;
    Envelope envelope = came.letter().envelope();
    if (!envelope.run().equals(run)) {
      throw refuse(AbortCode.WRONG_RUN, envelope + " is of another run", null);
    }
    if (envelope.epoch() < epoch) {
      return List.of();
    }
    if (envelope.epoch() > epoch) {
      throw refuse(AbortCode.WRONG_RUN, envelope + ": epoch " + epoch + " is open", null);
    }
    if (envelope.party() != party) {
      throw refuse(AbortCode.UNEXPECTED, envelope + " is not for this link", null);
    }
    return envelope.sequence() < next ? again(came.kept()) : inOrder(came);
  }

  private List<Letter> again(Kept came) {
    for (Kept before : recent) {
      if (before.envelope().sequence() == came.envelope().sequence()) {
        requireSame(before, came);
        lastAgain = before == recent.getLast();
      }
    }
    return List.of();
  }

  /**
   * Whether the bytes that were just accepted are those of the newest letter, once more: its sender
   * has seen no answer.
   */
  public boolean lastCameAgain() {
    return lastAgain;
  }

  private List<Letter> inOrder(Waiting came) {
    long sequence = came.letter().envelope().sequence();
    if (sequence - next >= WINDOW) {
      throw refuse(
          AbortCode.UNEXPECTED,
          came.letter().envelope() + ", but number " + next + " is still missing",
          null);
    }
    Waiting before = waiting.putIfAbsent(sequence, came);
    if (before != null) {
      requireSame(before.kept(), came.kept());
      return List.of();
    }
    List<Letter> letters = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.firstKey() == next) {
      Waiting taken = waiting.pollFirstEntry().getValue();
      letters.add(taken.letter());
      remember(taken.kept());
      next++;
    }
    return letters;
  }

  private void remember(Kept taken) {
    int phase = taken.envelope().phase();
    int iteration = taken.envelope().iteration();
    while (!recent.isEmpty()) {
      Envelope oldest = recent.getFirst().envelope();
      boolean present = oldest.iteration() == iteration && oldest.phase() >= phase - 1;
      boolean justBefore = oldest.iteration() == iteration - 1 && phase <= 1;
      if (present || justBefore && recent.size() < WINDOW / 8) {
        break;
      }
      recent.removeFirst();
    }
    recent.addLast(taken);
  }

  private void requireSame(Kept before, Kept came) {
    if (!before.equals(came)) {
      throw refuse(
          AbortCode.EQUIVOCATION,
          "two different messages with number "
              + came.envelope().sequence()
              + ": "
              + before.envelope()
              + " and "
              + came.envelope(),
          null);
    }
  }

  private ProtocolException refuse(AbortCode code, String what, Throwable cause) {
    return new ProtocolException(code, sender + ": " + what, cause);
  }
}
