package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.LostLinkException;
import io.dualgrid.network.wire.SiteLink;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.Envelope;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links are cut and parties die in the middle of a run, and it comes to the same end. */
@OneRound
class LostLinkTest {
  /**
   * Two runs that stop at a certified gap of 1e-3 are within it of the same optimum, each above it.
   */
  private static final double GAP = 1e-3;

  @TempDir private Path temporary;
  private NetworkedDistrict district;

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
  }

  @AfterEach
  void stop() {
    district.close();
  }

  private static RunSettings settings(Privacy privacy, Algorithm algorithm) {
    return RunSettings.builder()
        .privacy(privacy)
        .algorithm(algorithm)
        .allowExposedSums(true)
        .threads(1)
        .build();
  }

  private Map<Integer, Future<SitePart>> startAll(Endpoint operator) {
    return district.startAll(true, operator, null);
  }

  /** The same, with node 3 over another way. */
  private Map<Integer, Future<SitePart>> startAll(Endpoint operator, Endpoint ofThree) {
    Map<Integer, Future<SitePart>> sites = new HashMap<>();
    for (GridCase.Node node : district.gridCase.nodes()) {
      Endpoint way = node.id() == 3 ? ofThree : operator;
      sites.put(node.id(), district.start(node.id(), true, way, null));
    }
    return sites;
  }

  private RunResult ended(NetworkedDistrict.Grid grid, Iterable<Future<SitePart>> sites)
      throws Exception {
    grid.part.get();
    for (Future<SitePart> site : sites) {
      site.get();
    }
    return district.gather();
  }

  private void assertSameEnd(RunResult gathered, RunSettings settings) {
    RunResult undisturbed = DispatchEngine.run(district.gridCase, settings, RunObserver.NONE);
    assertThat(gathered.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(gathered.totalCost() / undisturbed.totalCost()).isEqualTo(1.0, within(GAP));
    if (settings.algorithm() == Algorithm.NEWTON && settings.privacy() == Privacy.NONE) {
      // it began anew, so no arithmetic differs but the order in which costs of sites are added
      assertThat(gathered.totalCost()).isEqualTo(undisturbed.totalCost(), within(1e-9));
      assertThat(gathered.iterations()).isEqualTo(undisturbed.iterations());
    }
  }

  /** Somewhere in a message of one site: in its keys, early, later. */
  @ParameterizedTest
  @CsvSource({"CKKS, NEWTON, 20011", "CKKS, ACCELERATED, 400009", "NONE, NEWTON, 9001"})
  void aLinkThatIsCutInAMessageIsDialledAgain(Privacy privacy, Algorithm algorithm, int bytes)
      throws Exception {
    RunSettings settings = settings(privacy, algorithm);
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    try (CuttingProxy proxy = new CuttingProxy(grid.port.get())) {
      proxy.cutAfter(bytes);
      Map<Integer, Future<SitePart>> sites =
          startAll(grid.address(), new Endpoint(NetworkedDistrict.HOST, proxy.port()));
      RunResult gathered = ended(grid, sites.values());

      assertThat(proxy.bytes()).as("it was cut").isGreaterThan(bytes);
      assertSameEnd(gathered, settings);
      assertThat(gathered.notices()).anyMatch(text -> text.contains("for site/6-bus/3"));
    }
  }

  /** The operator's process dies after some iterations, and another goes on with its folder. */
  @ParameterizedTest
  @CsvSource({"CKKS, ACCELERATED", "NONE, NEWTON"})
  void anOperatorThatComesBackGoesOn(Privacy privacy, Algorithm algorithm) throws Exception {
    RunSettings settings = settings(privacy, algorithm);
    CountDownLatch fifth = new CountDownLatch(1);
    NetworkedDistrict.Grid first =
        district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, dieAfter(5, fifth));
    List<Integer> seen = new ArrayList<>();
    try (CuttingProxy way = new CuttingProxy(first.port.get())) {
      Map<Integer, Future<SitePart>> sites =
          startAll(new Endpoint(NetworkedDistrict.HOST, way.port()));
      fifth.await();
      assertThatThrownBy(first.part::get).hasCauseInstanceOf(KilledError.class);
      NetworkedDistrict.Grid second =
          district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, seen::add);
      way.leadTo(second.port.get());
      assertSameEnd(ended(second, sites.values()), settings);
    }
    // states are kept every second iteration; newton keeps none
    assertThat(seen.get(0)).isEqualTo(algorithm == Algorithm.NEWTON ? 1 : 5);
  }

  /** What a killed process does not do: say goodbye, or anything after the iteration. */
  private static Consumer<Integer> dieAfter(int iteration, CountDownLatch dead) {
    return k -> {
      if (k == iteration) {
        dead.countDown();
        throw new KilledError();
      }
    };
  }

  /** A site's process dies after some iterations, and another goes on with its folder. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aSiteThatComesBackJoinsAgain(int iteration) throws Exception {
    RunSettings settings = settings(Privacy.CKKS, Algorithm.ACCELERATED);
    DyingSite victim = new DyingSite(iteration);
    NetworkedDistrict.Grid grid =
        district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, victim);
    Map<Integer, Future<SitePart>> sites = startAll(grid.address());
    victim.is(sites.get(2));
    victim.await();
    sites.put(2, district.start(2, true, grid.address(), null));
    RunResult gathered = ended(grid, sites.values());

    assertSameEnd(gathered, settings);
    assertThat(gathered.notices()).anyMatch(text -> text.contains("for site/6-bus/2"));
  }

  /** A site whose disk is lost, too: the run begins anew, for all. */
  @Test
  void aSiteWithoutItsStateHasTheRunBeginAnew() throws Exception {
    RunSettings settings = settings(Privacy.NONE, Algorithm.ACCELERATED);
    List<Integer> seen = new ArrayList<>();
    DyingSite victim = new DyingSite(7);
    NetworkedDistrict.Grid grid =
        district
        .new Grid(
            settings,
            0,
            NetworkedDistrict.PATIENCE,
            k -> {
              seen.add(k);
              victim.accept(k);
            });
    Map<Integer, Future<SitePart>> sites = startAll(grid.address());
    victim.is(sites.get(2));
    victim.await();
    Files.deleteIfExists(district.siteFolder(2).resolve("run.ckpt"));
    sites.put(2, district.start(2, true, grid.address(), null));
    RunResult gathered = ended(grid, sites.values());

    assertThat(seen.subList(7, seen.size())).contains(1);
    assertSameEnd(gathered, settings);
  }

  /** Open but dead: neither side hears anything, and both notice. */
  @Test
  void aLinkThatFallsSilentIsNoticed() throws Exception {
    RunSettings settings = settings(Privacy.NONE, Algorithm.ACCELERATED);
    CountDownLatch third = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    NetworkedDistrict.Grid grid =
        district
        .new Grid(
            settings,
            0,
            NetworkedDistrict.PATIENCE,
            k -> {
              if (k == 3) {
                third.countDown();
                await(goOn);
              }
            });
    try (CuttingProxy proxy = new CuttingProxy(grid.port.get())) {
      Map<Integer, Future<SitePart>> sites =
          startAll(grid.address(), new Endpoint(NetworkedDistrict.HOST, proxy.port()));
      third.await();
      proxy.silence(true);
      goOn.countDown();
      while (district.news.stream().noneMatch(text -> text.contains("paused"))) {
        Thread.sleep(100);
      }
      proxy.silence(false);
      assertSameEnd(ended(grid, sites.values()), settings);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who is revoked in the middle of a run is let go and not let in again; the run is given up. */
  @Test
  void aSiteThatIsRevokedIsLetGo() throws Exception {
    RunSettings settings =
        settings(Privacy.NONE, Algorithm.PUBLISHED).toBuilder().maxIterations(100_000).build();
    NetworkedDistrict.Grid grid =
        district
        .new Grid(
            settings,
            0,
            NetworkedDistrict.PATIENCE,
            k -> {
              if (k == 3) {
                revoke(5);
              }
            });
    Map<Integer, Future<SitePart>> sites = startAll(grid.address());
    assertThatThrownBy(sites.get(5)::get)
        .hasCauseInstanceOf(WireException.class)
        .hasMessageContaining("not on the list");
    grid.cancel();
    OperatorPart part = grid.part.get();

    assertThat(part.status()).isEqualTo(RunStatus.INTERRUPTED);
    // others may be dialling still
    assertThat(part.notices())
        .anyMatch(text -> text.contains("site/6-bus/5: it was taken off the list"))
        .anyMatch(text -> text.matches(".*have not connected: .*site/6-bus/5.*"));
  }

  private void revoke(int node) {
    try {
      district.revoke(node);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How a handshake comes to no end. */
  enum Breach {
    SILENCE,
    CLOSED,
    /** As the system does it for a process that is killed with bytes unread. */
    RESET,
    RESET_IN_THE_ANSWER
  }

  /** A peer that is too busy for it, or dies in it, has not shown that it is somebody else. */
  @ParameterizedTest
  @EnumSource(Breach.class)
  void aHandshakeThatIsBrokenOffIsNoDistrust(Breach breach) throws IOException {
    try (ServerSocket peer = new ServerSocket(0, 9, InetAddress.getByName(NetworkedDistrict.HOST));
        SiteLink link =
            new SiteLink(
                new Endpoint(NetworkedDistrict.HOST, peer.getLocalPort()),
                PartyFolder.of(district.siteFolder(1)).credentials())) {
      if (breach != Breach.SILENCE) {
        try (Socket accepted = peer.accept()) {
          assertThat(accepted.getInputStream().read(new byte[1 << 16])).isPositive();
          if (breach == Breach.RESET_IN_THE_ANSWER) {
            accepted.getOutputStream().write(new byte[] {22, 3, 3, 0, 100, 2, 0, 0, 96});
          }
          if (breach != Breach.CLOSED) {
            accepted.setSoLinger(true, 0);
          }
        }
      }
      assertThatThrownBy(() -> link.receive(NetworkedDistrict.PATIENCE))
          .isInstanceOf(LostLinkException.class)
          .hasMessageNotContaining("\n");
    }
  }

  /** A release before and one after. */
  @ParameterizedTest
  @ValueSource(ints = {Envelope.VERSION - 1, Envelope.VERSION + 1})
  void anotherVersionIsRefusedByName(int version) {
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.CKKS, Algorithm.NEWTON));
    String hello =
        "{\"versions\":["
            + version
            + "],\"feeder\":\"6-bus\",\"node\":1,\"run\":\"\",\"kept\":[],\"more\":1}";
    try (SiteLink link =
        new SiteLink(grid.address(), PartyFolder.of(district.siteFolder(1)).credentials())) {
      link.send(hello.getBytes(StandardCharsets.UTF_8), NetworkedDistrict.PATIENCE);
      assertThatThrownBy(() -> link.receive(NetworkedDistrict.PATIENCE))
          .isInstanceOf(WireException.class)
          .hasMessageContaining(
              "versions [" + Envelope.VERSION + "] of the protocol, not [" + version + "]");
    }
  }

  /** One that speaks more than this release is answered in what both speak. */
  @Test
  void theNewestCommonVersionIsTaken() {
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.CKKS, Algorithm.NEWTON));
    String hello =
        "{\"versions\":["
            + Envelope.VERSION
            + ",998,999],\"feeder\":\"6-bus\",\"node\":1,\"run\":\"\",\"kept\":[]}";
    try (SiteLink link =
        new SiteLink(grid.address(), PartyFolder.of(district.siteFolder(1)).credentials())) {
      link.send(hello.getBytes(StandardCharsets.UTF_8), NetworkedDistrict.PATIENCE);
      assertThat(new String(link.receive(NetworkedDistrict.PATIENCE), StandardCharsets.UTF_8))
          .containsPattern("\"version\" : " + Envelope.VERSION + ",");
    }
  }
}
