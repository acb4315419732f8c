package io.dualgrid.audit;

import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.LineKey;
import io.dualgrid.protocol.MaskedProgram;
import io.dualgrid.protocol.MaskedSolution;
import io.dualgrid.protocol.MaskedTerm;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageTap;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.Report;
import io.dualgrid.protocol.SiteKeys;
import io.dualgrid.protocol.TreePart;
import io.dualgrid.protocol.TreeSum;
import io.dualgrid.run.RunHooks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the bytes that the operator receives and what the cloud has of every mask, and counts every
 * message. Thread safe.
 */
public final class MessageRecorder implements RunHooks {
  private final Map<String, MessageCount> counts = new TreeMap<>();
  private final List<byte[]> boundary = new ArrayList<>();
  private final List<byte[]> contributions = new ArrayList<>();
  private final List<byte[]> treeNumbers = new ArrayList<>();
  private final List<byte[]> toOperator = new ArrayList<>();
  private final RecordedMasks masks = new RecordedMasks();

  @Override
  public MessageTap tap() {
    return (way, edge, bytes) -> {
      record(way, edge, bytes);
      return List.of(bytes);
    };
  }

  private synchronized void record(MessageTap.Way way, int edge, byte[] bytes) {
    Message message = Letter.fromBytes(bytes).message();
    boolean operator = way == MessageTap.Way.TO_OPERATOR || way == MessageTap.Way.FROM_OPERATOR;
    String party = operator ? "operator" : "cloud";
    boolean sent = way == MessageTap.Way.FROM_OPERATOR || way == MessageTap.Way.FROM_CLOUD;
    String kind = kind(message) + (sent ? ", sent" : "");
    counts.merge(
        party + kind,
        new MessageCount(party, kind, content(message), 1, bytes.length),
        (a, b) ->
            new MessageCount(
                a.receiver(), a.kind(), a.content(), a.count() + b.count(), a.bytes() + b.bytes()));
    if (!operator) {
      masks.take(edge, message);
    }
    if (message instanceof TreeSum sum) {
      treeNumbers.add(sum.numbers());
    } else if (message instanceof TreePart part) {
      treeNumbers.add(part.numbers());
    }
    if (way != MessageTap.Way.TO_OPERATOR) {
      return;
    }
    toOperator.add(bytes);
    if (message instanceof Boundary copies) {
      keep(copies.underOwnKey(), boundary);
      keep(copies.underNeighbourKey(), boundary);
    } else if (message instanceof Report report) {
      keep(report.values(), contributions);
    }
  }

  private static void keep(Payload payload, List<byte[]> list) {
    if (payload instanceof Payload.Hidden hidden) {
      list.add(hidden.bytes());
      return;
    }
    double[] values = ((Payload.Plain) payload).values();
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
    bytes.asDoubleBuffer().put(values);
    list.add(bytes.array());
  }

  /** The name of a type, in words. */
  private static String kind(Message message) {
    return message.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String content(Message message) {
    if (message instanceof Boundary copies) {
      return copies.underOwnKey() instanceof Payload.Hidden
          ? "P, Q, V of a line, encrypted under two keys"
          : "P, Q, V of a line, in the clear";
    }
    if (message instanceof Consensus) {
      return "the sum of two boundary messages";
    }
    if (message instanceof Report report) {
      return report.values() instanceof Payload.Hidden
          ? "numbers under masks that cancel in the sum"
          : "numbers in the clear";
    }
    if (message instanceof TreePart) {
      return "a node's or a line's part of sums along the tree";
    }
    if (message instanceof TreeSum) {
      return "a sum along the tree";
    }
    if (message instanceof LineKey) {
      return "CKKS public key of a line end";
    }
    if (message instanceof SiteKeys) {
      return "signed public keys of an energy system";
    }
    if (message instanceof MaskedProgram) {
      return "H', G', bounds, a start";
    }
    if (message instanceof MaskedTerm) {
      return "c'";
    }
    if (message instanceof MaskedSolution) {
      return "y, multipliers";
    }
    return "";
  }

  /** What the cloud has now, by the index of the edge it solved for. */
  Map<Integer, SolvedProblem> masks() {
    return masks.last();
  }

  /** Every kind of message, by the party at whose end it was recorded. */
  public synchronized List<MessageCount> counts() {
    return List.copyOf(counts.values());
  }

  /** What the energy systems sent to the operator for their lines. */
  public synchronized List<byte[]> boundaryMessages() {
    return List.copyOf(boundary);
  }

  /** What the energy systems contributed to secure sums, message by message. */
  public synchronized List<byte[]> contributions() {
    return List.copyOf(contributions);
  }

  /** Parts of sums along the tree, and the sums that it formed of them, message by message. */
  public synchronized List<byte[]> treeNumbers() {
    return List.copyOf(treeNumbers);
  }

  /** All that the operator received, message by message, envelopes included. */
  public synchronized List<byte[]> allMessages() {
    return List.copyOf(toOperator);
  }
}
