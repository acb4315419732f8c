package io.dualgrid.natives;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What a library has made of a program, with calls that give 0 where they have done their work;
 * what it refuses becomes an exception that names the program. One thread at a time.
 */
public final class NativeWorkspace implements AutoCloseable {
  private final String name;
  private final Function<Pointer, String> error;
  private final Function<String, ? extends RuntimeException> refusal;
  private final NativeHandle<Pointer> handle;

  /**
   * Makes one.
   *
   * @param name of the program
   * @param make the call that makes it and gives 0 where it has
   * @param error tells why a call has failed
   * @param free frees it, with whatever memory its calls use; must not refer to who holds this
   * @param refusal makes the exception of a message; thrown when that call has failed, after what
   *     it left has been freed
   */
  public NativeWorkspace(
      String name,
      ToIntFunction<PointerByReference> make,
      Function<Pointer, String> error,
      Consumer<Pointer> free,
      Function<String, ? extends RuntimeException> refusal) {
    this.name = name;
    this.error = error;
    this.refusal = refusal;
    PointerByReference made = new PointerByReference();
    int code = make.applyAsInt(made);
    Pointer pointer = made.getValue();
    if (code != 0) {
      String reason = error.apply(pointer);
      free.accept(pointer);
      throw refusal.apply(name + ": " + reason);
    }
    handle = NativeHandle.exclusive(name, pointer, free);
  }

  /** As {@link NativeHandle#call}. */
  public <R> R call(Function<? super Pointer, R> calls) {
    return handle.call(calls);
  }

  /** Makes a call that gives 0 where it has done its work; refuses when it has not. */
  public void check(ToIntFunction<Pointer> call) {
    String failure =
        handle.call(pointer -> call.applyAsInt(pointer) == 0 ? null : error.apply(pointer));
    if (failure != null) {
      throw refusal.apply(name + ": " + failure);
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
