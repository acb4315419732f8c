package io.dualgrid.network.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Cuts messages into chunks that any gRPC limit lets pass, and puts them together again. The first
 * byte of a chunk is 1 on the last of a message and 0 else. One of these is for one direction of
 * one stream; one thread at a time.
 */
public final class Chunks {
  /** Bytes of a chunk at most, its first byte apart. */
  static final int MOST_BYTES = 128 * 1024;

  private final int mostBytes;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /**
   * Puts together.
   *
   * @param mostBytes of a message; a peer that sends more is refused before it is kept
   */
  public Chunks(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Cuts a message, each chunk when it is asked for.
   *
   * @param message not to be modified before the last
   */
  public static Iterator<byte[]> cut(byte[] message) {
    return new Iterator<>() {
      private int from;
      private boolean whole;

      @Override
      public boolean hasNext() {
        return !whole;
      }

      @Override
      public byte[] next() {
        if (whole) {
          throw new NoSuchElementException();
        }
        int to = Math.min(message.length, from + MOST_BYTES);
        whole = to == message.length;
        byte[] chunk = new byte[1 + to - from];
        chunk[0] = (byte) (whole ? 1 : 0);
        System.arraycopy(message, from, chunk, 1, to - from);
        from = to;
        return chunk;
      }
    };
  }

  /**
   * Takes in a chunk.
   *
   * @return the message when this was its last
   * @throws WireException when it is none, or the message is too large
   */
  public Optional<byte[]> accept(byte[] chunk) {
    if (chunk.length < 1 || chunk.length > 1 + MOST_BYTES || chunk[0] < 0 || chunk[0] > 1) {
      throw new WireException("a chunk of " + chunk.length + " bytes that is none");
    }
    if (pending.size() + chunk.length - 1 > mostBytes) {
      throw new WireException("a message of more than " + mostBytes + " bytes");
    }
    if (chunk[0] == 1 && pending.size() == 0) {
      return Optional.of(Arrays.copyOfRange(chunk, 1, chunk.length));
    }
    pending.write(chunk, 1, chunk.length - 1);
    if (chunk[0] == 0) {
      return Optional.empty();
    }
    byte[] message = pending.toByteArray();
    pending.reset();
    return Optional.of(message);
  }
}
