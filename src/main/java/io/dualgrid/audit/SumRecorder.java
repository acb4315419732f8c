package io.dualgrid.audit;

import io.dualgrid.protocol.Broadcast;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.protocol.Welcome;
import io.dualgrid.run.RunHooks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps what goes into every sum of a run, by the order that asked for it, and what sites are sent.
 * Thread safe.
 */
final class SumRecorder implements RunHooks {
  private final MessageRecorder messages = new MessageRecorder();
  private final Map<Long, Round> rounds = new TreeMap<>();
  private final Map<Long, byte[]> told = new HashMap<>(); // orders by round, without the receiver
  private final Map<Integer, Set<Integer>> linesOf = new HashMap<>();
  private final Set<MessageType> toOperator = new HashSet<>();
  private long foreign;
  private long differentOrders;

  /** One sum: the order that asked for it, and the part of each site. */
  static final class Round {
    final long number;
    private final Map<Integer, Payload> parts = new TreeMap<>();
    private Broadcast order;

    Round(long number) {
      this.number = number;
    }

    /** The order that asked for it. */
    Broadcast order() {
      return order;
    }

    /** Its kind. */
    MessageType type() {
      return order.type();
    }

    /** The parts in the order of the sites. */
    List<Payload> parts() {
      return List.copyOf(parts.values());
    }
  }

  @Override
  public MessageTap tap() {
    return (way, edge, bytes) -> {
      messages.tap().pass(way, edge, bytes);
      record(way, edge, Letter.fromBytes(bytes));
      return List.of(bytes);
    };
  }

  private synchronized void record(MessageTap.Way way, int edge, Letter letter) {
    Envelope on = letter.envelope();
    Message message = letter.message();
    long number = Envelope.round(on.iteration(), on.phase());
    if (way == MessageTap.Way.TO_OPERATOR) {
      toOperator.add(message.type());
      if (message instanceof Report report) {
        rounds.computeIfAbsent(number, Round::new).parts.put(edge, report.values());
      }
    } else if (message instanceof Welcome welcome) {
      welcome.lines().forEach(line -> lines(edge).add(line.line()));
    } else if (message instanceof Consensus consensus) {
      countForeign(edge, consensus.line());
    } else if (message instanceof TreeSum sum) {
      countForeign(edge, sum.line());
    } else if (message instanceof Broadcast order) {
      byte[] before = told.putIfAbsent(number, letter.common());
      differentOrders +=
          before == null || ByteBuffer.wrap(before).equals(ByteBuffer.wrap(letter.common()))
              ? 0
              : 1;
      rounds.computeIfAbsent(number, Round::new).order = order;
    }
  }

  private void countForeign(int edge, int line) {
    foreign += lines(edge).contains(line) ? 0 : 1;
  }

  private Set<Integer> lines(int edge) {
    return linesOf.computeIfAbsent(edge, site -> new HashSet<>());
  }

  /** What was counted and kept message by message. */
  MessageRecorder messages() {
    return messages;
  }

  /** All rounds in which sites reported, in their order. */
  synchronized List<Round> sums() {
    List<Round> sums = new ArrayList<>(rounds.values());
    sums.removeIf(round -> round.parts.isEmpty());
    return sums;
  }

  /** The last iteration in which sites reported. */
  synchronized int iterations() {
    return rounds.values().stream()
        .filter(round -> !round.parts.isEmpty())
        .mapToInt(round -> (int) (round.number / Envelope.round(1, 0)))
        .max()
        .orElse(0);
  }

  /** Kinds of messages that came to the operator. */
  synchronized Set<MessageType> toOperator() {
    return Set.copyOf(toOperator);
  }

  /** How often a site was sent the consensus or a sum of a line that is not its own. */
  synchronized long foreign() {
    return foreign;
  }

  /** How often a site was told another order than the sites before it. */
  synchronized long differentOrders() {
    return differentOrders;
  }
}
