package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.Sampling;
import io.dualgrid.network.agent.CloudAgent;
import io.dualgrid.network.agent.OperatorAgent;
import io.dualgrid.network.agent.SiteAgent;
import io.dualgrid.network.agent.SiteStandard;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.Gathering;
import io.dualgrid.network.share.Json;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.DispatchSeries;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operator and sites that know each other by certificates only, over TLS on this machine. */
class NetworkRunTest {
  private static final GridCase CASE = CaseLocator.read("6-bus");
  private static final Duration PATIENCE = Duration.ofMinutes(5); // machines can be busy
  private static final SiteAgent.Backends BACKENDS = new SiteAgent.Backends("auto", "auto");

  @TempDir private Path temporary;
  private Path district;
  private Authority authority;
  private ExecutorService threads;

  @BeforeEach
  void enrol() throws IOException {
    threads = Executors.newCachedThreadPool();
    district = temporary.resolve("district");
    CaseSplitter.split(CASE, Sampling.FIRST, district, false);
    authority = Authority.init(temporary.resolve("authority"));
    sign(authority, operatorFolder(), "operator");
    for (GridCase.Node node : CASE.nodes()) {
      sign(authority, siteFolder(node.id()), Names.site("6-bus", node.id()));
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static void sign(Authority by, Path folder, String name) {
    PartyFolder.init(folder, name);
    by.sign(PartyFolder.of(folder).request(), PartyFolder.of(folder).certificate(), 1);
  }

  private Path operatorFolder() {
    return district.resolve(CaseSplitter.OPERATOR);
  }

  private Path siteFolder(int node) {
    return district.resolve(CaseSplitter.folderOf(node));
  }

  private static RunSettings settings(Privacy privacy) {
    return RunSettings.builder().privacy(privacy).algorithm(Algorithm.NEWTON).threads(1).build();
  }

  private SiteAgent site(int node, boolean clear) {
    return new SiteAgent(
        CaseReader.readPart(siteFolder(node)),
        PublicFeeder.read(siteFolder(node).resolve(PublicFeeder.NAME)),
        PartyFolder.of(siteFolder(node)),
        BACKENDS,
        new SiteStandard(clear, false, false, false, false));
  }

  /** The operator's process, in a thread. */
  private final class Grid {
    final CompletableFuture<Integer> port = new CompletableFuture<>();
    final Future<OperatorPart> part;

    Grid(RunSettings settings, Duration patience, RunObserver observer) {
      OperatorAgent agent =
          new OperatorAgent(
              PublicFeeder.read(operatorFolder().resolve(PublicFeeder.NAME)),
              settings,
              PartyFolder.of(operatorFolder()).credentials(),
              AllowList.read(authority.allowList()));
      part =
          threads.submit(
              () -> {
                try {
                  return agent.run(
                      new Endpoint("127.0.0.1", 0), patience, PATIENCE, port::complete, observer);
                } catch (RuntimeException e) {
                  port.completeExceptionally(e);
                  throw e;
                }
              });
    }

    Endpoint address() {
      return new Endpoint("127.0.0.1", port.join());
    }

    Future<SitePart> join(SiteAgent site) {
      Endpoint here = address();
      return threads.submit(() -> site.run(here, null, PATIENCE, PATIENCE));
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE, BLOCKS", "NONE, ROOT", "CKKS, BLOCKS", "CKKS, ROOT"})
  void agreesAsInOneProcess(Privacy privacy, Sensitivities sensitivities) throws Exception {
    RunSettings settings = settings(privacy).toBuilder().sensitivities(sensitivities).build();
    RunResult inOneProcess = DispatchEngine.run(CASE, settings, RunObserver.NONE);

    Grid grid = new Grid(settings, PATIENCE, RunObserver.NONE);
    List<Future<SitePart>> sites = new ArrayList<>();
    for (GridCase.Node node : CASE.nodes()) {
      sites.add(grid.join(site(node.id(), privacy == Privacy.NONE)));
    }
    Files.write(operatorFolder().resolve(OperatorPart.NAME), Json.bytes(grid.part.get()));
    for (int k = 0; k < sites.size(); k++) {
      Files.write(
          siteFolder(CASE.nodes().get(k).id()).resolve(SitePart.NAME),
          Json.bytes(sites.get(k).get()));
    }
    RunResult gathered = Gathering.gather(CASE, district);

    assertThat(gathered.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(gathered.lowerBound()).isLessThanOrEqualTo(gathered.totalCost() * (1 + 1e-7));
    // the operator's own part has what it knows: no bound where the root has read the sums
    assertThat(Double.isNaN(grid.part.get().lowerBound()))
        .isEqualTo(sensitivities == Sensitivities.ROOT);
    if (privacy == Privacy.NONE) {
      // no arithmetic differs
      assertThat(gathered.iterations()).isEqualTo(inOneProcess.iterations());
      assertThat(gathered.totalCost()).isEqualTo(inOneProcess.totalCost(), within(1e-9));
      assertThat(values(gathered.dispatch())).isEqualTo(values(inOneProcess.dispatch()));
    } else {
      // both are within their certified gap of 1e-4 from the same optimum
      assertThat(gathered.totalCost() / inOneProcess.totalCost()).isEqualTo(1.0, within(1.1e-4));
    }
  }

  /** With a cloud, and with none where one should be: the sites then solve by themselves. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCloudHelpsAndIsNotMissed(boolean there) throws Exception {
    Path folder = temporary.resolve("cloud");
    sign(authority, folder, "cloud");
    CompletableFuture<Integer> port = new CompletableFuture<>();
    if (there) {
      threads.submit(
          () ->
              CloudAgent.serve(
                  new Endpoint("127.0.0.1", 0),
                  PartyFolder.of(folder),
                  RunSettings.defaults(),
                  port::complete));
    } else {
      try (ServerSocket free = new ServerSocket(0)) {
        port.complete(free.getLocalPort());
      }
    }
    // a few iterations show which way programs go
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.DUAL)
            .allowExposedSums(true)
            .maxIterations(2)
            .threads(1)
            .build();
    Grid grid = new Grid(settings, PATIENCE, RunObserver.NONE);
    List<Future<SitePart>> sites = new ArrayList<>();
    for (GridCase.Node node : CASE.nodes()) {
      SiteAgent site =
          new SiteAgent(
              CaseReader.readPart(siteFolder(node.id())),
              PublicFeeder.read(siteFolder(node.id()).resolve(PublicFeeder.NAME)),
              PartyFolder.of(siteFolder(node.id())),
              BACKENDS,
              new SiteStandard(false, true, false, false, false));
      Endpoint cloud = new Endpoint("127.0.0.1", port.get());
      Endpoint here = grid.address();
      sites.add(threads.submit(() -> site.run(here, cloud, PATIENCE, PATIENCE)));
    }

    assertThat(grid.part.get().history()).hasSize(2);
    for (Future<SitePart> site : sites) {
      assertThat(site.get().outcome().incidents().isEmpty()).isEqualTo(there);
    }
  }

  private static List<String> values(List<DispatchSeries> dispatch) {
    return dispatch.stream()
        .map(
            series ->
                series.node()
                    + series.device()
                    + series.quantity()
                    + java.util.Arrays.toString(series.values()))
        .toList();
  }

  @Test
  void aSiteRefusesToTalkInTheClear() {
    Grid grid = new Grid(settings(Privacy.NONE), PATIENCE, RunObserver.NONE);

    assertRefused(grid.join(site(1, false)), "--privacy none", "--accept-clear");
  }

  @Test
  void aSiteRefusesToShowHowItsStoreAnswersUnasked() {
    Grid grid =
        new Grid(
            settings(Privacy.CKKS).toBuilder().sensitivities(Sensitivities.FULL).build(),
            PATIENCE,
            RunObserver.NONE);

    assertRefused(grid.join(site(1, false)), "--sensitivities full", "--accept-full");
  }

  @Test
  void aSiteMayInsistThatTheOperatorReadsNoSums() {
    Grid grid = new Grid(settings(Privacy.CKKS), PATIENCE, RunObserver.NONE);
    SiteAgent insisting =
        new SiteAgent(
            CaseReader.readPart(siteFolder(1)),
            PublicFeeder.read(siteFolder(1).resolve(PublicFeeder.NAME)),
            PartyFolder.of(siteFolder(1)),
            BACKENDS,
            new SiteStandard(false, false, false, false, true));

    assertRefused(grid.join(insisting), "--sensitivities root", "--totals-to-root");
  }

  @Test
  void whoIsTakenOffTheListIsRefused() {
    authority.revoke("site/6-bus/2");
    Grid grid = new Grid(settings(Privacy.CKKS), PATIENCE, RunObserver.NONE);

    assertRefused(grid.join(site(2, false)), "site/6-bus/2", "not on the list");
  }

  /** New keys with the same name: the list knows the key, not only the name. */
  @Test
  void anotherKeyUnderTheSameNameIsRefused() throws IOException {
    Path folder = siteFolder(3);
    AllowList before = AllowList.read(authority.allowList());
    Files.delete(folder.resolve("key.pem"));
    Files.delete(folder.resolve("client-key.pem"));
    sign(authority, folder, "site/6-bus/3");
    assertThat(before.admits(PartyFolder.of(folder).credentials().certificate())).isFalse();
    assertThat(
            AllowList.read(authority.allowList())
                .admits(PartyFolder.of(folder).credentials().certificate()))
        .isTrue();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
    Path folder = siteFolder(4);
    for (String file : List.of("key.pem", "client-key.pem", "certificate.pem", "request.pem")) {
      Files.delete(folder.resolve(file));
    }
    sign(Authority.init(temporary.resolve("elsewhere")), folder, "site/6-bus/4");
    Grid grid = new Grid(settings(Privacy.CKKS), PATIENCE, RunObserver.NONE);
    Endpoint here = grid.address();

    assertThatThrownBy(() -> site(4, false).run(here, null, Duration.ofSeconds(20), PATIENCE))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("the operator at 127.0.0.1");
    assertThat(grid.part.isDone()).isFalse();
  }

  @Test
  void oneSiteCannotBeTwo() throws Exception {
    Grid grid = new Grid(settings(Privacy.CKKS), PATIENCE, RunObserver.NONE);
    Future<SitePart> first = grid.join(site(1, false));
    // whichever of two comes second is refused
    Future<SitePart> second = grid.join(site(1, false));
    while (!first.isDone() && !second.isDone()) {
      Thread.sleep(50);
    }

    assertThat(first.isDone() && second.isDone()).isFalse();
    assertRefused(first.isDone() ? first : second, "connected already");
  }

  @Test
  void sitesThatDoNotComeAreNamed() {
    Grid grid = new Grid(settings(Privacy.CKKS), Duration.ofSeconds(1), RunObserver.NONE);

    assertThatThrownBy(grid.part::get)
        .hasRootCauseInstanceOf(WireException.class)
        .hasMessageContaining("site/6-bus/0")
        .hasMessageContaining("site/6-bus/6");
  }

  private static void assertRefused(Future<SitePart> site, String... words) {
    assertThatThrownBy(site::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(WireException.class)
        .hasMessageContainingAll(words);
  }
}
