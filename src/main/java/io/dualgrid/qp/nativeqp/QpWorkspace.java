package io.dualgrid.qp.nativeqp;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.NativeHandle;
import io.dualgrid.qp.QpException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What the library has made of a program; what it refuses becomes an exception that names it. */
final class QpWorkspace implements AutoCloseable {
  private final String name;
  private final Function<Pointer, String> error;
  private final NativeHandle<Pointer> handle;

  /**
   * Makes one.
   *
   * @param name of the program
   * @param make the call that makes it and gives 0 where it has
   * @param error tells why a call has failed
   * @param free frees it, with whatever memory its calls use; must not refer to who holds this
   * @throws QpException when that call has failed; what it left is freed then
   */
  QpWorkspace(
      String name,
      ToIntFunction<PointerByReference> make,
      Function<Pointer, String> error,
      Consumer<Pointer> free) {
    this.name = name;
    this.error = error;
    PointerByReference made = new PointerByReference();
    int code = make.applyAsInt(made);
    Pointer pointer = made.getValue();
    if (code != 0) {
      String reason = error.apply(pointer);
      free.accept(pointer);
      throw new QpException(name + ": " + reason);
    }
    handle = NativeHandle.exclusive(name, pointer, free);
  }

  /** As {@link NativeHandle#call}. */
  <R> R call(Function<? super Pointer, R> calls) {
    return handle.call(calls);
  }

  /**
   * Makes a call that gives 0 where it has done its work.
   *
   * @throws QpException when it has not
   */
  void check(ToIntFunction<Pointer> call) {
    String failure =
        handle.call(pointer -> call.applyAsInt(pointer) == 0 ? null : error.apply(pointer));
    if (failure != null) {
      throw new QpException(name + ": " + failure);
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
