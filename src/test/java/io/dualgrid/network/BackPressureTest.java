package io.dualgrid.network;

import static io.dualgrid.network.NetworkedDistrict.HOST;
import static io.dualgrid.network.NetworkedDistrict.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Credentials;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.Watched;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.LostLinkException;
import io.dualgrid.network.wire.LostSiteException;
import io.dualgrid.network.wire.NetworkCloudLink;
import io.dualgrid.network.wire.SessionServer;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One end of a link that takes nothing, or sends without end, and what that costs the other. */
@OneRound
class BackPressureTest {
  private static final int MEGABYTE = 1 << 20;

  /** All that is waited for in vain. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /**
   * What HTTP/2 and TCP hold on the way: gRPC's window grows to 8 MiB, a socket's buffers to 6 at
   * most on this kind of machine.
   */
  private static final int ON_THE_WAY = 8 + 2 * 6;

  private static final byte[] WORD = {1};

  @TempDir private Path temporary;
  private NetworkedDistrict district;
  private SessionServer server;
  private SiteLink site;

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
  }

  @AfterEach
  void stop() {
    if (site != null) {
      site.close();
    }
    if (server != null) {
      server.close();
    }
    district.close();
  }

  /** An operator of one site with one line, that is there and has been told to begin. */
  private void begin(Duration deadline) {
    listen(deadline);
    dial();
    site.send(WORD, PATIENCE);
    assertThat(site.receive(PATIENCE)).isEqualTo(WORD);
    assertThat(server.awaitAll(PATIENCE, () -> false)).isTrue();
    server.begin(WORD);
    assertThat(site.receive(PATIENCE)).isEqualTo(WORD);
  }

  private void listen(Duration deadline) {
    PartyFolder own = PartyFolder.of(district.operatorFolder());
    server =
        new SessionServer(
            new Endpoint(HOST, 0),
            Watched.credentials(own),
            Watched.allowList(district.operatorFolder().resolve(AllowList.NAME)),
            List.of(new SessionServer.Seat("site/6-bus/1", 1)),
            deadline,
            (edge, hello) -> hello,
            slow -> {});
  }

  private void dial() {
    site = new SiteLink(new Endpoint(HOST, server.port()), credentials());
  }

  private Credentials credentials() {
    return PartyFolder.of(district.siteFolder(1)).credentials();
  }

  private static byte[] megabytes(int count, int what) {
    byte[] message = new byte[count * MEGABYTE];
    Arrays.fill(message, (byte) what);
    return message;
  }

  /** It holds 64 MiB of letters that its owner does not read, and the operator no more than one. */
  @Test
  void aSiteThatTakesNothingIsLost() {
    begin(SHORT);
    // nobody waits for it a second time, so this ends soon
    for (int k = 0; k < 2 * (64 + ON_THE_WAY); k++) {
      server.send(0, megabytes(1, k));
    }
    assertThatThrownBy(server::receive)
        .isInstanceOf(LostSiteException.class)
        .hasMessageContaining("site/6-bus/1: it has taken nothing for 1 s");
  }

  @Test
  void anOperatorThatTakesNothingIsGivenUp() {
    begin(PATIENCE);
    // fewer than may answer one order
    assertThatThrownBy(
            () -> {
              for (int k = 0; k < 6; k++) {
                site.send(megabytes(ON_THE_WAY, k), SHORT);
              }
            })
        .isInstanceOf(LostLinkException.class)
        .hasMessageContaining("has taken nothing for 1 s");
  }

  /** Receiving does not hang on the thread that sends, so both can send before they read. */
  @Test
  void bothEndsMaySendBeforeTheyRead() {
    begin(PATIENCE);
    CompletableFuture<Void> up =
        CompletableFuture.runAsync(
            () -> {
              for (int k = 0; k < 6; k++) {
                site.send(megabytes(ON_THE_WAY, k), PATIENCE);
              }
            });
    for (int k = 0; k < 2 * ON_THE_WAY; k++) {
      server.send(0, megabytes(1, k));
    }
    for (int k = 0; k < 6; ) {
      for (Transport.Arrival arrival : server.receive()) {
        assertThat(arrival.bytes()).isEqualTo(megabytes(ON_THE_WAY, k++));
      }
    }
    up.join();
    for (int k = 0; k < 2 * ON_THE_WAY; k++) {
      assertThat(site.receive(PATIENCE)).isEqualTo(megabytes(1, k));
    }
  }

  /** Of a site with one line: a copy, a report and a farewell, and each once more. */
  @Test
  void aFloodIsRefused() {
    begin(PATIENCE);
    for (int k = 0; k < 7; k++) {
      site.send(WORD, PATIENCE);
    }
    assertThatThrownBy(
            () -> {
              while (true) {
                server.receive();
              }
            })
        .isInstanceOf(LostSiteException.class)
        .hasMessageContaining("site/6-bus/1: sends more than it is asked for");
    assertThatThrownBy(() -> site.receive(PATIENCE))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("over 6 letters at once");
  }

  /** Whoever is told something may answer once more. */
  @Test
  void answersToManyOrdersAreNoFlood() {
    begin(PATIENCE);
    for (int order = 0; order < 20; order++) {
      server.send(0, WORD);
      assertThat(site.receive(PATIENCE)).isEqualTo(WORD);
      site.send(WORD, PATIENCE);
      assertThat(server.receive()).hasSize(1);
    }
  }

  @Test
  void whoSpeaksBeforeTheRunGoesOnIsRefused() {
    listen(PATIENCE);
    dial();
    site.send(WORD, PATIENCE);
    assertThat(site.receive(PATIENCE)).isEqualTo(WORD);
    site.send(WORD, PATIENCE);
    assertThatThrownBy(() -> site.receive(PATIENCE))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("speaks before the run goes on");
  }

  /** Whoever has a certificate may knock; nobody is listened to for long before it is let in. */
  @Test
  void aHelloWithoutEndIsRefused() {
    listen(PATIENCE);
    dial();
    site.send(megabytes(1, 0), PATIENCE);
    assertThatThrownBy(() -> site.receive(PATIENCE))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("a message of more than 65536 bytes");
  }

  /** Nor does a site wait for a cloud when it hands over its program. */
  @Test
  void aQuestionToACloudThatTakesNothingComesBackAtOnce() throws IOException {
    // listens, and answers no handshake
    try (ServerSocket mute = new ServerSocket(0, 9, InetAddress.getByName(HOST));
        NetworkCloudLink cloud =
            new NetworkCloudLink(new Endpoint(HOST, mute.getLocalPort()), this::credentials)) {
      CompletableFuture<byte[]> answer = cloud.ask(megabytes(32, 7));
      assertThat(answer).isNotDone();
      answer.cancel(true);
    }
  }
}
