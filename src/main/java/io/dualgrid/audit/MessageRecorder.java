package io.dualgrid.audit;

import io.dualgrid.mask.MaskedAnswer;
import io.dualgrid.mask.MaskedLinearTerm;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.mask.attack.structure.SolvedProblem;
import io.dualgrid.parties.BoundaryMessage;
import io.dualgrid.parties.CloudService;
import io.dualgrid.parties.ConsensusMessage;
import io.dualgrid.parties.PartyHooks;
import io.dualgrid.parties.Payload;
import io.dualgrid.securesum.SecureSumContribution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the bytes that the operator receives and counts what the cloud does. Thread safe. */
public final class MessageRecorder implements PartyHooks {
  private final Map<String, MessageCount> counts = new TreeMap<>();
  private final List<byte[]> boundary = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> contributions = new ArrayList<>();
  private final RecordedMasks masks = new RecordedMasks();

  private synchronized void count(
      String receiver, String kind, String content, long messages, long bytes) {
    counts.merge(
        receiver + kind,
        new MessageCount(receiver, kind, content, messages, bytes),
        (a, b) ->
            new MessageCount(
                a.receiver(), a.kind(), a.content(), a.count() + b.count(), a.bytes() + b.bytes()));
  }

  private synchronized void keep(List<byte[]> list, byte[] bytes) {
    list.add(bytes);
  }

  private static byte[] bytes(Payload payload) {
    if (payload instanceof Payload.Encrypted encrypted) {
      return encrypted.bytes();
    }
    double[] values = ((Payload.Plain) payload).values();
    ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putDouble(value);
    }
    return buffer.array();
  }

  @Override
  public BoundaryMessage toOperator(BoundaryMessage message) {
    boolean sealed = message.underOwnKey() instanceof Payload.Encrypted;
    for (Payload payload : List.of(message.underOwnKey(), message.underNeighbourKey())) {
      byte[] bytes = bytes(payload);
      keep(boundary, bytes);
      count(
          "operator",
          sealed ? "ciphertext of a boundary" : "boundary in the clear",
          sealed ? "P, Q, V of a line, encrypted" : "P, Q, V of a line",
          1,
          bytes.length);
    }
    return message;
  }

  @Override
  public ConsensusMessage fromOperator(ConsensusMessage message) {
    count(
        "operator",
        "consensus it sends",
        "its own sum of two of the above",
        1,
        bytes(message.consensus()).length);
    return message;
  }

  @Override
  public byte[] publicKey(int line, boolean fromDownstream, byte[] key) {
    keep(keys, key.clone());
    count("operator", "public key", "CKKS key of a line end", 1, key.length);
    return key;
  }

  @Override
  public byte[] sumKey(int owner, int receiver, byte[] key) {
    keep(keys, key.clone());
    count("operator", "public key for sums", "X25519 key of an energy system", 1, key.length);
    return key;
  }

  @Override
  public SecureSumContribution contribution(SecureSumContribution contribution) {
    byte[] bytes = contribution.toBytes();
    keep(contributions, bytes);
    count(
        "operator",
        "contribution to sums",
        "numbers under masks that cancel in the sum",
        1,
        bytes.length);
    return contribution;
  }

  @Override
  public CloudService cloud(CloudService cloud) {
    return new CloudService() {
      @Override
      public void accept(MaskedProblem problem) {
        long k = problem.dimension();
        long m = problem.rowCount();
        count(
            "cloud",
            "masked program",
            "H', G', bounds, a start",
            1,
            8 * (1 + k * k + m * k + 3 * m + k));
        masks.accept(problem);
        cloud.accept(problem);
      }

      @Override
      public void forget(long mask) {
        masks.forget(mask);
        cloud.forget(mask);
      }

      @Override
      public MaskedAnswer solve(MaskedLinearTerm term) {
        count("cloud", "masked linear term", "c'", 1, 8 * (2L + term.linear().length));
        MaskedAnswer answer = cloud.solve(term);
        count(
            "cloud",
            "masked solution it sends",
            "y, multipliers",
            1,
            8 * (2L + answer.y().length + answer.multipliers().length));
        masks.solve(term, answer);
        return answer;
      }
    };
  }

  /** What the cloud holds at the end. */
  List<SolvedProblem> masks() {
    return masks.last();
  }

  /** Every kind of message, by receiver. */
  public synchronized List<MessageCount> counts() {
    return List.copyOf(counts.values());
  }

  /** What the energy systems sent to the operator for their lines, message by message. */
  public synchronized List<byte[]> boundaryMessages() {
    return List.copyOf(boundary);
  }

  /** What the energy systems contributed to secure sums, message by message. */
  public synchronized List<byte[]> contributions() {
    return List.copyOf(contributions);
  }

  /** All that the operator received, message by message. */
  public synchronized List<byte[]> allMessages() {
    List<byte[]> all = new ArrayList<>(keys);
    all.addAll(boundary);
    all.addAll(contributions);
    return all;
  }
}
