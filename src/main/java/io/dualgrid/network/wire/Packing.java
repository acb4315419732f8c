package io.dualgrid.network.wire;

import io.dualgrid.ckks.CkksException;
import io.dualgrid.ckks.PackedCiphertext;
import io.dualgrid.protocol.Boundary;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Letter;
import io.dualgrid.protocol.Message;
import io.dualgrid.protocol.MessageType;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.protocol.RelayLetter;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Letters with ciphertexts in fewer bytes: most of what crosses the links of an operator are
 * ciphertexts, each residue of which has ten bits that are always zero, and a third of which can be
 * drawn of a seed. What arrives is what was sent, byte by byte. Everything else crosses as it is.
 *
 * <pre>
 *     u8   0x80, with which no other message begins
 *     i32  bytes of the letter
 *     for each ciphertext, in their order
 *       i32  bytes of the letter before it, from the last ciphertext on; then these
 *       {@link PackedCiphertext}
 *     i32  -1; then the bytes behind the last
 * </pre>
 */
final class Packing {
  private static final byte PACKED = (byte) 0x80;
  private static final int END = -1;

  private static final Set<MessageType> WITH_CIPHERTEXTS =
      EnumSet.of(MessageType.BOUNDARY, MessageType.CONSENSUS, MessageType.RELAY_LETTER);

  /** Bytes that a packed message has beside the letter, and beside each ciphertext, at most. */
  private static final int BESIDE = 16;

  /** A letter is not as many times as long as it is when it is packed. */
  private static final int MOST_TIMES = 8;

  private Packing() {}

  /** Packs a message when it is a letter with ciphertexts; else gives it back. */
  static byte[] pack(byte[] message) {
    List<Payload.Hidden> ciphertexts = ciphertexts(message);
    if (ciphertexts.isEmpty()) {
      return message;
    }
    ByteBuffer out = ByteBuffer.allocate(message.length + BESIDE * (1 + ciphertexts.size()));
    out.put(PACKED).putInt(message.length);
    int done = 0;
    for (Payload.Hidden each : ciphertexts) {
      Optional<byte[]> packed = PackedCiphertext.pack(each.buffer(), each.seeds());
      if (packed.isPresent()) {
        out.putInt(each.from() - done).put(message, done, each.from() - done).put(packed.get());
        done = each.from() + each.length();
      }
    }
    out.putInt(END).put(message, done, message.length - done);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  /** Those of a letter, in the order in which they lie in it. */
  private static List<Payload.Hidden> ciphertexts(byte[] message) {
    if (WITH_CIPHERTEXTS.stream().noneMatch(type -> Letter.begins(message, type))) {
      return List.of(); // most are orders, reports and parts of sums, which need not be read here
    }
    try {
      return payloads(Letter.fromBytes(message).message())
          .filter(Payload.Hidden.class::isInstance)
          .map(Payload.Hidden.class::cast)
          .toList();
    } catch (ProtocolException e) {
      return List.of(); // whoever reads it says what is wrong with it
    }
  }

  private static Stream<Payload> payloads(Message message) {
    if (message instanceof Boundary boundary) {
      return Stream.of(boundary.underOwnKey(), boundary.underNeighbourKey());
    } else if (message instanceof Consensus consensus) {
      return Stream.of(consensus.consensus());
    } else if (message instanceof RelayLetter passed) {
      return payloads(passed.message());
    }
    return Stream.of();
  }

  /**
   * The message that was packed; one that was not is given back.
   *
   * @param most bytes that it may have
   * @throws WireException when it cannot be unpacked, or is larger
   */
  static byte[] unpack(byte[] bytes, int most) {
    if (bytes.length == 0 || bytes[0] != PACKED) {
      return bytes;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    int length = number(in);
    if (length < 0 || length > most || length / MOST_TIMES > bytes.length) {
      throw new WireException("a packed message of " + length + " bytes, of " + most + " at most");
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    try {
      for (int before = number(in); before != END; before = number(in)) {
        copy(in, before, out);
        PackedCiphertext.unpack(in, out);
      }
    } catch (CkksException e) {
      throw new WireException(e.getMessage(), e);
    }
    copy(in, in.remaining(), out);
    if (out.hasRemaining()) {
      throw new WireException("a packed message that lacks " + out.remaining() + " bytes");
    }
    return out.array();
  }

  private static void copy(ByteBuffer in, int count, ByteBuffer out) {
    if (count < 0 || count > in.remaining() || count > out.remaining()) {
      throw new WireException("a packed message of wrong lengths");
    }
    out.put(in.slice(in.position(), count));
    in.position(in.position() + count);
  }

  private static int number(ByteBuffer in) {
    if (in.remaining() < Integer.BYTES) {
      throw new WireException("a packed message that ends too early");
    }
    return in.getInt();
  }
}
