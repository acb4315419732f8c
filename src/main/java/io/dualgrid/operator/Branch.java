package io.dualgrid.operator;

import io.dualgrid.protocol.Abort;
import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.Payload;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The sites as one who leads them reaches them: over their own links, or through relays that do a
 * part of the work. What can be added up there comes as one sum; the rest comes letter by letter.
 */
interface Branch {
  /** An order to all sites, and what they are to answer. */
  record Phase(
      int iteration, int number, Broadcast order, BitSet senders, BitSet readers, boolean reports) {
    /** Whether a letter was written in this phase. */
    boolean isOf(int ofIteration, int phase) {
      return ofIteration == iteration && phase == number;
    }
  }

  /** What has come. */
  sealed interface News {}

  /**
   * A letter that nobody before has taken.
   *
   * @param edge number of the site among all
   * @param letter in the envelope that the site, or its relay, has put it into
   */
  record Passed(int edge, Letter letter) implements News {}

  /**
   * All that the open phase calls for is there, and whoever is to read a consensus has it.
   *
   * @param total of the reports, unread; empty where none are due
   */
  record Done(Optional<Payload> total) implements News {}

  /** Tells all sites a decision that they do not answer. */
  void tell(int iteration, int phase, Broadcast order);

  /** Tells all sites that the run is given up. */
  void abort(int iteration, int phase, Abort abort);

  /** Opens a phase; one {@link Done} follows. */
  void open(Phase phase);

  /** Sends something to one site. */
  void send(int iteration, int phase, int edge, Message message);

  /**
   * Waits for news.
   *
   * @return at least one; empty when nothing is left that could come, see {@link #silent}
   */
  List<News> receive();

  /** Numbers of the sites that the open phase still waits for, as far as they are known. */
  BitSet silent();

  /** Adds the time that sums took to that of their steps. */
  void timeTo(AtomicLongArray nanos);
}
