package io.dualgrid.natives;

import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;
import java.util.function.Consumer;

/**
 * What a native library made for an object, freed when the object closes it or, as a backstop, when
 * the object is forgotten unclosed.
 */
public final class NativeHandle {
  private static final Cleaner CLEANER = Cleaner.create();

  private final String name;
  private final Content content;
  private final Cleaner.Cleanable cleanable;

  /**
   * Takes ownership of a pointer.
   *
   * @param owner the object that uses it; the handle must not outlive it
   * @param name of the owner, for messages
   * @param pointer what to free
   * @param free frees it; must not refer to the owner
   */
  public NativeHandle(Object owner, String name, Pointer pointer, Consumer<Pointer> free) {
    this.name = name;
    content = new Content(pointer, free);
    cleanable = CLEANER.register(owner, content);
  }

  /**
   * The pointer.
   *
   * @throws IllegalStateException when it has been freed
   */
  public Pointer pointer() {
    Pointer current = content.pointer;
    if (current == null) {
      throw new IllegalStateException(name + ": the solver is closed");
    }
    return current;
  }

  /** Whether it has been freed. */
  public boolean isClosed() {
    return content.pointer == null;
  }

  /** Frees the pointer, once. */
  public void close() {
    cleanable.clean();
  }

  private static final class Content implements Runnable {
    private final Consumer<Pointer> free;
    private volatile Pointer pointer;

    Content(Pointer pointer, Consumer<Pointer> free) {
      this.pointer = pointer;
      this.free = free;
    }

    @Override
    public void run() {
      Pointer current = pointer;
      pointer = null;
      free.accept(current);
    }
  }
}
