package io.dualgrid.natives;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * Memory of our own for the arguments of native calls. Its first part is for secrets and cleared
 * after every call: arrays that JNA copies on its own go through memory that nobody clears. One
 * thread at a time, others are refused; closing lets no further call in.
 *
 * <p>The memory is on loan for the length of a call, from a few blocks that all buffers of the
 * process share: a thousand sites in one process would otherwise keep several blocks each, of which
 * a handful is in use.
 */
public final class NativeBuffer implements AutoCloseable {
  private static final long LINE_BYTES = 64;
  private static final Shelf SHELF = new Shelf();

  private final NativeHandle<Shelf> shelf;

  /**
   * Holds nothing between calls.
   *
   * @param name of its user, for messages
   */
  public NativeBuffer(String name) {
    shelf = NativeHandle.exclusive(name, SHELF, held -> {});
  }

  /**
   * Runs calls with a block of memory: secrets first, the rest from byte {@code secretBytes} on.
   *
   * @param secretBytes cleared when the calls have ended, however they did
   * @param openBytes what follows, not cleared
   * @throws IllegalStateException when closed, or in use by another thread
   */
  public <R> R call(long secretBytes, long openBytes, Function<? super Pointer, R> calls) {
    return shelf.call(
        held -> {
          Block block = held.lend(Math.addExact(secretBytes, openBytes));
          try {
            return calls.apply(block.aligned());
          } finally {
            block.aligned().clear(secretBytes);
            held.takeBack(block);
          }
        });
  }

  /** Where what follows that many bytes may begin, so that it begins a cache line. */
  public static long wholeLines(long bytes) {
    return Math.addExact(bytes, Math.floorMod(-bytes, LINE_BYTES));
  }

  @Override
  public void close() {
    shelf.close();
  }

  /** Number and bytes of the blocks that nobody uses now. */
  static long[] idle() {
    return SHELF.idle();
  }

  /** Memory from the start of a cache line on: vectors across two lines take twice as long. */
  private record Block(Memory whole, Pointer aligned, long size) implements AutoCloseable {
    static Block of(long size) {
      Memory whole = new Memory(Math.addExact(size, LINE_BYTES));
      long past = Math.floorMod(Pointer.nativeValue(whole), LINE_BYTES);
      return new Block(whole, whole.share(LINE_BYTES - past, size), size);
    }

    @Override
    public void close() {
      whole.close();
    }
  }

  /** Blocks that nobody uses now, the latest on top. Thread safe. */
  private static final class Shelf {
    private static final long LEAST_BYTES = 1 << 17; // most calls need less, so that any block does
    private static final long MOST_KEPT_BYTES = 1 << 20;

    private final int most = 2 * Runtime.getRuntime().availableProcessors();
    private final Deque<Block> blocks = new ArrayDeque<>();

    Block lend(long bytes) {
      Block block;
      synchronized (this) {
        block = blocks.poll();
      }
      if (block != null && block.size() >= bytes) {
        return block;
      }
      if (block != null) {
        block.close();
      }
      return Block.of(Math.max(bytes, LEAST_BYTES));
    }

    void takeBack(Block block) {
      synchronized (this) {
        if (blocks.size() < most && block.size() <= MOST_KEPT_BYTES) {
          blocks.push(block);
          return;
        }
      }
      block.close();
    }

    synchronized long[] idle() {
      return new long[] {blocks.size(), blocks.stream().mapToLong(Block::size).sum()};
    }
  }
}
