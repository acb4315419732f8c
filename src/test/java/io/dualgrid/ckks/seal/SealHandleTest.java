package io.dualgrid.ckks.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SealHandleTest {
  private final AtomicInteger freed = new AtomicInteger();

  /** A library that counts what it is told to free. */
  private final SealCalls calls =
      new SealCalls(
          (SealLibrary)
              Proxy.newProxyInstance(
                  SealLibrary.class.getClassLoader(),
                  new Class<?>[] {SealLibrary.class},
                  (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("dualgrid_seal_free");
                    return freed.incrementAndGet() * 0;
                  }));

  @Test
  void closingTwiceFreesOnce() {
    SealHandle handle = new SealHandle(calls, 7, "thing");
    assertThat(handle.number()).isEqualTo(7);
    handle.close();
    handle.close();
    assertThat(freed).hasValue(1);
    assertThatThrownBy(handle::number)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the thing is closed");
  }

  @Test
  void whatIsForgottenIsFreedByTheCollector() throws InterruptedException {
    forget();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (freed.get() == 0 && System.nanoTime() < deadline) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(freed).hasValue(1);
  }

  private void forget() {
    assertThat(new SealHandle(calls, 8, "thing").number()).isEqualTo(8);
  }
}
