package io.dualgrid.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeHandleTest {
  private final AtomicInteger freed = new AtomicInteger();

  private NativeHandle<Long> shared() {
    return NativeHandle.shared("the thing", 7L, made -> freed.incrementAndGet());
  }

  private NativeHandle<Long> exclusive() {
    return NativeHandle.exclusive("the thing", 7L, made -> freed.incrementAndGet());
  }

  @Test
  void closingTwiceFreesOnceAndLetsNobodyIn() {
    NativeHandle<Long> handle = shared();
    assertThat(handle.<Long>call(made -> made)).isEqualTo(7);
    handle.close();
    handle.close();
    assertThat(freed).hasValue(1);
    assertThatThrownBy(() -> handle.call(made -> made))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the thing is closed");
  }

  @Test
  void closingInsideACallFreesWhenTheLastCallHasLeft() {
    NativeHandle<Long> handle = shared();
    handle.call(
        outer -> {
          handle.call(
              inner -> {
                handle.close();
                assertThat(freed).hasValue(0);
                return inner;
              });
          assertThat(freed).as("one is still inside").hasValue(0);
          assertThatThrownBy(() -> handle.call(made -> made)).hasMessageContaining("closed");
          return outer;
        });
    assertThat(freed).hasValue(1);
  }

  @Test
  void aCallThatThrowsHasLeft() {
    NativeHandle<Long> handle = exclusive();
    assertThatThrownBy(
            () ->
                handle.call(
                    made -> {
                      throw new IllegalArgumentException("inside");
                    }))
        .hasMessage("inside");
    assertThat(handle.<Long>call(made -> made)).isEqualTo(7);
    handle.close();
    assertThat(freed).hasValue(1);
  }

  @Test
  void exclusiveLetsOneInAtATime() {
    NativeHandle<Long> handle = exclusive();
    handle.call(
        outer -> {
          assertThatThrownBy(() -> handle.call(made -> made))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("in use by another thread");
          return outer;
        });
    assertThat(handle.<Long>call(made -> made)).isEqualTo(7);
  }

  @Test
  void closedFromAnotherThreadItOutlivesTheCall() throws InterruptedException {
    NativeHandle<Long> handle = exclusive();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger freedInside = new AtomicInteger(-1);
    Thread caller =
        new Thread(
            () ->
                handle.call(
                    made -> {
                      inside.countDown();
                      awaitQuietly(closed);
                      freedInside.set(freed.get());
                      return made;
                    }));
    caller.start();
    inside.await();
    handle.close();
    closed.countDown();
    caller.join();
    assertThat(freedInside).hasValue(0);
    assertThat(freed).hasValue(1);
  }

  @Test
  void whatIsForgottenIsFreedByTheCollector() throws InterruptedException {
    shared().call(made -> made);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (freed.get() == 0 && System.nanoTime() < deadline) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(freed).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
