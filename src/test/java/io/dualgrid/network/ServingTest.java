package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.cli.CommandLineRun;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who serves outlives what keeps a run from beginning, and does not ask without a pause. */
@OneRound
class ServingTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String AGAIN = "; trying again";

  @TempDir private Path temporary;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final StringWriter said = new StringWriter();
  private NetworkedDistrict district;

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    district.close();
  }

  private Future<Integer> start(String... words) {
    return threads.submit(() -> CommandLineRun.of(said, words));
  }

  private int attempts() {
    return said.toString().split(AGAIN, -1).length - 1;
  }

  private void await(String text, Future<Integer> process) throws InterruptedException {
    while (!said.toString().contains(text)) {
      assertThat(process.isDone()).as("%s", said).isFalse();
      Thread.sleep(50);
    }
  }

  @Test
  void anOperatorWaitsForItsPort() throws Exception {
    Future<Integer> operator;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      long begin = System.nanoTime();
      operator =
          start(
              "operator",
              district.operatorFolder().toString(),
              "--listen=127.0.0.1:" + taken.getLocalPort(),
              "--privacy=none",
              "--algorithm=accelerated",
              "--serve");
      while (attempts() < 2) {
        assertThat(operator.isDone()).as("%s", said).isFalse();
        Thread.sleep(50);
      }
      // counted before the clock is read, so that a busy machine cannot break it
      long pauses = attempts() - 1L;
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(PAUSE.multipliedBy(pauses));
    }
    await("listening on", operator);
  }

  @Test
  void aSiteWaitsForANewCertificateBetweenRuns() throws Exception {
    Path folder = district.siteFolder(3);
    // nobody listens there
    Future<Integer> site =
        start("site", folder.toString(), "--operator=127.0.0.1:9", "--serve", "--wait=1");
    await("the operator at", site);
    district.sign(folder, Duration.ofSeconds(-1));
    await("certificate.pem: ran out at", site);
    district.sign(folder, NetworkedDistrict.VALIDITY);
    while (said.toString().lastIndexOf("the operator at")
        < said.toString().lastIndexOf("ran out at")) {
      assertThat(site.isDone()).as("%s", said).isFalse();
      Thread.sleep(50);
    }
  }
}
