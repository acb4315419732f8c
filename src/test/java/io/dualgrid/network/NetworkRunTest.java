package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.network.agent.SiteAgent;
import io.dualgrid.network.agent.SiteStandard;
import io.dualgrid.network.pki.AllowList;
import io.dualgrid.network.pki.Authority;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.share.OperatorPart;
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
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operator and sites that know each other by certificates only, over TLS on this machine. */
class NetworkRunTest {
  @TempDir private Path temporary;
  private NetworkedDistrict district;
  private GridCase gridCase;

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
    gridCase = district.gridCase;
  }

  @AfterEach
  void stop() {
    district.close();
  }

  private static RunSettings settings(Privacy privacy) {
    return RunSettings.builder().privacy(privacy).algorithm(Algorithm.NEWTON).threads(1).build();
  }

  private Future<SitePart> join(NetworkedDistrict.Grid grid, int node, SiteStandard standard) {
    return district.start(
        node, district.site(node, standard), grid.address(), null, NetworkedDistrict.PATIENCE);
  }

  private Future<SitePart> join(NetworkedDistrict.Grid grid, int node, boolean clear) {
    return join(grid, node, new SiteStandard(clear, false, false, false, false));
  }

  @OneRound
  @ParameterizedTest
  @CsvSource({"NONE, BLOCKS", "NONE, ROOT", "CKKS, BLOCKS", "CKKS, ROOT"})
  void agreesAsInOneProcess(Privacy privacy, Sensitivities sensitivities) throws Exception {
    RunSettings settings = settings(privacy).toBuilder().sensitivities(sensitivities).build();
    RunResult inOneProcess = DispatchEngine.run(gridCase, settings, RunObserver.NONE);

    NetworkedDistrict.Grid grid = district.new Grid(settings);
    List<Future<SitePart>> sites = new ArrayList<>();
    for (GridCase.Node node : gridCase.nodes()) {
      sites.add(join(grid, node.id(), privacy == Privacy.NONE));
    }
    grid.part.get();
    for (Future<SitePart> site : sites) {
      site.get();
    }
    RunResult gathered = district.gather();

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

  /** An iteration asks even nodes, odd nodes, and all for a report; the end of a run asks more. */
  @Test
  void anIterationTakesThreeRoundTrips() throws Exception {
    assertThat(roundTrips(4) - roundTrips(2)).isEqualTo(3 * (4 - 2));
  }

  private int roundTrips(int iterations) throws Exception {
    NetworkedDistrict.Grid grid =
        district
        .new Grid(
            RunSettings.builder()
                .privacy(Privacy.NONE)
                .maxIterations(iterations)
                .threads(1)
                .build());
    List<Future<SitePart>> sites = new ArrayList<>();
    for (GridCase.Node node : gridCase.nodes()) {
      sites.add(join(grid, node.id(), true));
    }
    OperatorPart part = grid.part.get();
    for (Future<SitePart> site : sites) {
      site.get();
    }
    assertThat(part.history()).hasSize(iterations);
    return part.roundTrips();
  }

  @Test
  void aCloudHelps() throws Exception {
    assertIncidents(district.startCloud(), false);
  }

  /** The sites then solve by themselves, whatever would have computed in the cloud. */
  @OneRound
  @Test
  void aCloudThatIsNotThereIsNotMissed() throws Exception {
    Endpoint nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = new Endpoint(NetworkedDistrict.HOST, free.getLocalPort());
    }
    assertIncidents(nobody, true);
  }

  private void assertIncidents(Endpoint cloud, boolean any) throws Exception {
    // a few iterations show which way programs go
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.DUAL)
            .allowExposedSums(true)
            .maxIterations(2)
            .threads(1)
            .build();
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    Map<Integer, Future<SitePart>> sites = district.startAll(false, grid.address(), cloud);

    assertThat(grid.part.get().history()).hasSize(2);
    for (Future<SitePart> site : sites.values()) {
      assertThat(site.get().outcome().incidents().isEmpty()).isEqualTo(!any);
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

  @OneRound
  @Test
  void aSiteRefusesToTalkInTheClear() {
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.NONE));

    assertRefused(join(grid, 1, false), "--privacy none", "--accept-clear");
  }

  @OneRound
  @Test
  void aSiteRefusesToShowHowItsStoreAnswersUnasked() {
    NetworkedDistrict.Grid grid =
        district
        .new Grid(settings(Privacy.CKKS).toBuilder().sensitivities(Sensitivities.FULL).build());

    assertRefused(join(grid, 1, false), "--sensitivities full", "--accept-full");
  }

  @OneRound
  @Test
  void aSiteMayInsistThatTheOperatorReadsNoSums() {
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.CKKS));

    assertRefused(
        join(grid, 1, new SiteStandard(false, false, false, false, true)),
        "--sensitivities root",
        "--totals-to-root");
  }

  @OneRound
  @Test
  void whoIsTakenOffTheListIsRefused() throws IOException {
    district.revoke(2);
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.CKKS));

    assertRefused(join(grid, 2, false), "site/6-bus/2", "not on the list");
  }

  /** New keys with the same name: the list knows the key, not only the name. */
  @OneRound
  @Test
  void anotherKeyUnderTheSameNameIsRefused() throws IOException {
    Path folder = district.siteFolder(3);
    AllowList before = AllowList.read(district.authority.allowList());
    Files.delete(folder.resolve("key.pem"));
    Files.delete(folder.resolve("client-key.pem"));
    district.enrol(folder, "site/6-bus/3");
    assertThat(before.admits(PartyFolder.of(folder).credentials().certificate())).isFalse();
    assertThat(
            AllowList.read(district.authority.allowList())
                .admits(PartyFolder.of(folder).credentials().certificate()))
        .isTrue();
  }

  @OneRound
  @Test
  void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
    Path folder = district.siteFolder(4);
    for (String file : List.of("key.pem", "client-key.pem", "certificate.pem", "request.pem")) {
      Files.delete(folder.resolve(file));
    }
    PartyFolder.init(folder, "site/6-bus/4");
    Authority.init(temporary.resolve("elsewhere"))
        .sign(
            PartyFolder.of(folder).request(),
            PartyFolder.of(folder).certificate(),
            NetworkedDistrict.VALIDITY);
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.CKKS));
    SiteAgent site = district.site(4, false);

    Future<SitePart> refused = district.start(4, site, grid.address(), null, Duration.ofSeconds(5));
    assertRefused(refused, "the operator at 127.0.0.1");
    assertThat(grid.part.isDone()).isFalse();
  }

  @OneRound
  @Test
  void oneSiteCannotBeTwo() throws Exception {
    NetworkedDistrict.Grid grid = district.new Grid(settings(Privacy.CKKS));
    // both are as patient, so that whichever comes first keeps the place; the other is refused once
    // it is sure that the first is no dead process
    List<Future<SitePart>> twins = new ArrayList<>();
    for (SiteAgent twin : List.of(district.site(1, false), district.site(1, false))) {
      twins.add(district.start(1, twin, grid.address(), null, NetworkedDistrict.PATIENCE));
    }
    while (twins.stream().noneMatch(Future::isDone)) {
      assertThat(grid.part.isDone()).isFalse();
      Thread.sleep(100);
    }

    assertThat(twins).filteredOn(Future::isDone).hasSize(1);
    assertRefused(twins.get(twins.get(0).isDone() ? 0 : 1), "connected already");
  }

  @OneRound
  @Test
  void sitesThatDoNotComeAreNamed() {
    NetworkedDistrict.Grid grid =
        district.new Grid(settings(Privacy.CKKS), 0, Duration.ofSeconds(1), k -> {});

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
