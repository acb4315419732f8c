package io.dualgrid.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.edge.SolveException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 500).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everyItemIsDoneOnce(int threads) {
    AtomicIntegerArray done = new AtomicIntegerArray(ITEMS.size());
    try (WorkerPool pool = new WorkerPool(threads)) {
      pool.forEach(ITEMS, done::incrementAndGet);
      pool.forEach(List.<Integer>of(), done::incrementAndGet);
    }
    for (int i : ITEMS) {
      assertThat(done.get(i)).as("item %s", i).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void resultsKeepTheOrderOfTheItems(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      assertThat(pool.map(ITEMS, i -> i * i)).isEqualTo(ITEMS.stream().map(i -> i * i).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aFailureIsThrownAsItIsAndThePoolGoesOn(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      SolveException failure = new SolveException("node 7");
      Set<Integer> done = ConcurrentHashMap.newKeySet();
      assertThatThrownBy(
              () ->
                  pool.forEach(
                      ITEMS,
                      i -> {
                        if (i == 250) {
                          throw failure;
                        }
                        done.add(i);
                      }))
          .isSameAs(failure);
      assertThat(done).containsAll(IntStream.range(0, 250).boxed().toList());
      assertThat(pool.map(List.of(1, 2, 3), i -> -i)).containsExactly(-1, -2, -3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anErrorIsThrownAsItIs(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      AssertionError error = new AssertionError("broken");
      assertThatThrownBy(
              () ->
                  pool.forEach(
                      ITEMS,
                      i -> {
                        throw error;
                      }))
          .isSameAs(error);
    }
  }

  /**
   * What an item uses is closed when {@code forEach} is left, whatever made it leave: no helper may
   * be at work then. The caller fails at once, or is interrupted, while the helpers are busy.
   */
  @ParameterizedTest
  @CsvSource({"2, false", "5, false", "2, true", "5, true"})
  void noHelperIsAtWorkOnceLeft(int threads, boolean interrupt) {
    Thread caller = Thread.currentThread();
    AtomicInteger atWork = new AtomicInteger();
    try (WorkerPool pool = new WorkerPool(threads)) {
      for (int turn = 0; turn < 20; turn++) {
        CountDownLatch busy = new CountDownLatch(1);
        // helpers that were quick could else leave the caller nothing to do
        CountDownLatch callerIsIn = new CountDownLatch(1);
        Consumer<Integer> action =
            i -> {
              if (Thread.currentThread() == caller) {
                awaitUninterruptibly(busy);
                callerIsIn.countDown();
                if (interrupt) {
                  caller.interrupt();
                  return;
                }
                throw new AssertionError("the caller's own");
              }
              atWork.incrementAndGet();
              busy.countDown();
              awaitUninterruptibly(callerIsIn);
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
              atWork.decrementAndGet();
            };
        if (interrupt) {
          pool.forEach(ITEMS.subList(0, 8), action);
          assertThat(Thread.interrupted()).as("the interrupt is the caller's to see").isTrue();
        } else {
          assertThatThrownBy(() -> pool.forEach(ITEMS, action)).hasMessage("the caller's own");
        }
        assertThat(atWork).hasValue(0);
      }
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
