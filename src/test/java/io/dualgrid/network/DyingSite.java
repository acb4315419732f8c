package io.dualgrid.network;

import io.dualgrid.network.share.SitePart;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A site whose process dies at the end of an iteration, once; told of each by the operator. */
final class DyingSite implements Consumer<Integer> {
  private final int iteration;
  private final CompletableFuture<Future<SitePart>> site = new CompletableFuture<>();
  private final CountDownLatch dead = new CountDownLatch(1);

  DyingSite(int iteration) {
    this.iteration = iteration;
  }

  void is(Future<SitePart> process) {
    site.complete(process);
  }

  void await() throws InterruptedException {
    dead.await();
  }

  @Override
  public void accept(Integer ended) {
    if (ended == iteration && dead.getCount() > 0) {
      site.join().cancel(true);
      dead.countDown();
    }
  }
}
