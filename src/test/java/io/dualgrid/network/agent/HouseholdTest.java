package io.dualgrid.network.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Sampling;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.wire.WireException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseholdTest {
  private final Household household = new Household(200);

  @Test
  void fewComputeAtATimeAndAllGetTheirTurn() throws Exception {
    int sites = 200;
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(sites);
    List<Future<?>> all = new ArrayList<>();
    for (int site = 0; site < sites; site++) {
      all.add(
          threads.submit(
              () ->
                  household.inTurn(
                      () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        pause();
                        now.decrementAndGet();
                      })));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();

    assertThat(most.get()).isBetween(2, 4 * Runtime.getRuntime().availableProcessors());
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTurnThatFailsIsOver() {
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(
              () ->
                  household.inTurn(
                      () -> {
                        throw new IllegalStateException("failed");
                      }))
          .hasMessage("failed");
    }

    assertThat(household.<String>inTurn(() -> "mine")).isEqualTo("mine");
  }

  @Test
  void whoIsInterruptedComputesNothing() {
    CountDownLatch computed = new CountDownLatch(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> household.inTurn(computed::countDown))
        .isInstanceOf(WireException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(computed.getCount()).isEqualTo(1);
  }

  /** Handles are closed when a site's thread goes on, so nothing may be computed any more then. */
  @Test
  void whoIsInterruptedInItsTurnWaitsForTheEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    Thread site =
        new Thread(
            () -> {
              household.inTurn(
                  () -> {
                    begun.countDown();
                    try {
                      Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                      pause(); // what it computes takes a while yet
                      ended.incrementAndGet();
                    }
                  });
              seen.complete(ended.get() == 1 && Thread.currentThread().isInterrupted());
            });
    site.start();
    begun.await();
    site.interrupt();
    assertThat(seen.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoIsInterruptedBeforeItsTurnNeverComputes() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    int all = 4 * Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(all);
    CountDownLatch busy = new CountDownLatch(all);
    for (int i = 0; i < all; i++) {
      threads.submit(
          () ->
              household.inTurn(
                  () -> {
                    busy.countDown();
                    try {
                      held.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    busy.await();
    AtomicInteger computed = new AtomicInteger();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread late =
        new Thread(
            () -> {
              try {
                household.inTurn(computed::incrementAndGet);
              } catch (WireException e) {
                thrown.complete(e);
              }
            });
    late.start();
    late.interrupt();
    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(WireException.class);
    held.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(computed).hasValue(0);
  }

  @Test
  void oneSiteComputesOnItsOwnThread() {
    try (Household alone = new Household(1)) {
      assertThat(alone.<Thread>inTurn(Thread::currentThread)).isSameAs(Thread.currentThread());
    }
  }

  @Test
  void sitesOfOneAuthorityShareWhatTheyVerify() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    KeyPair one = generator.generateKeyPair();
    KeyPair other = generator.generateKeyPair();

    assertThat(household.anchor(one.getPublic()))
        .isSameAs(household.anchor(one.getPublic()))
        .isNotSameAs(household.anchor(other.getPublic()));
  }

  @Test
  void sitesOfOneFeederShareItUntilTheirFilesDiffer(@TempDir Path folder) throws Exception {
    CaseSplitter.split(CaseLocator.read("6-bus"), Sampling.FIRST, folder, false);
    Path one = folder.resolve("site-1").resolve(PublicFeeder.NAME);
    Path other = folder.resolve("site-2").resolve(PublicFeeder.NAME);

    PublicFeeder feeder = household.feeder(one);
    assertThat(household.feeder(other)).isSameAs(feeder);
    assertThat(household.steered(feeder, 24, Sampling.FIRST))
        .isSameAs(household.steered(feeder, 24, Sampling.FIRST))
        .isNotSameAs(household.steered(feeder, 12, Sampling.FIRST));

    Files.writeString(other, Files.readString(other).replace("\"6-bus\"", "\"another\""));
    assertThat(household.feeder(other).name()).isEqualTo("another");
    assertThat(household.feeder(one).name()).isEqualTo("6-bus");
    assertThat(household.steered(household.feeder(one), 12, Sampling.FIRST).steps()).isEqualTo(12);
  }
}
