package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
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
}
