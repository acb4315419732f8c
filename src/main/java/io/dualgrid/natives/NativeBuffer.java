package io.dualgrid.natives;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.function.Function;

/**
 * Memory of our own for the arguments of native calls, kept from call to call and grown when one
 * needs more. Its first part is for secrets and cleared after every call: arrays that JNA copies on
 * its own go through memory that nobody clears. One thread at a time, others are refused; closing
 * clears and frees all of it once no call uses it.
 */
public final class NativeBuffer implements AutoCloseable {
  private final NativeHandle<Block> block;

  /**
   * Empty at first.
   *
   * @param name of its user, for messages
   */
  public NativeBuffer(String name) {
    block = NativeHandle.exclusive(name, new Block(), Block::free);
  }

  /**
   * Runs calls with a block of memory: secrets first, the rest from byte {@code secretBytes} on.
   *
   * @param secretBytes cleared when the calls have ended, however they did
   * @param openBytes what follows, not cleared
   * @throws IllegalStateException when closed, or in use by another thread
   */
  public <R> R call(long secretBytes, long openBytes, Function<? super Pointer, R> calls) {
    return block.call(
        held -> {
          Memory memory = held.atLeast(Math.addExact(secretBytes, openBytes));
          try {
            return calls.apply(memory);
          } finally {
            memory.clear(secretBytes);
          }
        });
  }

  @Override
  public void close() {
    block.close();
  }

  /** What is held; reached only from inside the handle. */
  private static final class Block {
    private Memory memory;

    Memory atLeast(long bytes) {
      if (memory == null || memory.size() < bytes) {
        free();
        memory = new Memory(bytes);
      }
      return memory;
    }

    void free() {
      if (memory != null) {
        memory.clear();
        memory.close();
        memory = null;
      }
    }
  }
}
