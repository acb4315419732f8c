package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.RelayShare;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a run of a case over the network takes in bytes and seconds, on loopback and where every
 * byte is 30 ms on its way: printed by scripts/network-test. Bytes are those of TLS, counted
 * between operator and sites. All parties are in one process here and share its processors, so
 * seconds are told beside those of the same run without a network.
 */
@EnabledIfSystemProperty(named = "dualgrid.network", matches = ".+")
@DisabledIfSystemProperty(named = "dualgrid.natives", matches = "off")
class NetworkFiguresTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "NEWTON, 0, 0",
    "NEWTON, 30, 0",
    "NEWTON, 0, 4",
    "ACCELERATED, 0, 0",
    "ACCELERATED, 30, 0",
    "ACCELERATED, 0, 4"
  })
  void printsBytesAndSeconds(Algorithm algorithm, long delayMillis, int relays) throws Exception {
    String caseName = System.getProperty("dualgrid.network");
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.CKKS)
            .algorithm(algorithm)
            .maxIterations(1000)
            .build();
    try (NetworkedDistrict district = new NetworkedDistrict(temporary, caseName)) {
      RunResult alone = DispatchEngine.run(district.gridCase, settings, RunObserver.NONE);
      String[] names =
          IntStream.rangeClosed(1, relays).mapToObj(String::valueOf).toArray(String[]::new);
      district.enrolRelays(names);
      NetworkedDistrict.Grid grid = district.new Grid(settings);
      try (SlowProxy proxy = new SlowProxy(grid.port.get(), delayMillis)) {
        Endpoint way = new Endpoint(NetworkedDistrict.HOST, proxy.port());
        Collection<Future<SitePart>> sites =
            relays == 0
                ? district.startAll(false, way, null).values()
                : behindRelays(district, way, names);
        OperatorPart part = grid.part.get();
        for (Future<SitePart> site : sites) {
          site.get();
        }
        print(algorithm, relays, delayMillis, part, alone, proxy, sites.size());
        assertThat(district.news).as("no link was lost").noneMatch(text -> text.contains("paused"));
        assertThat(part.status()).isEqualTo(RunStatus.CONVERGED);
        assertThat(district.gather().totalCost() / alone.totalCost()).isEqualTo(1.0, within(1e-4));
      }
    }
  }

  /** Relays dial the operator by the way that is counted, and sites dial relays. */
  private static List<Future<SitePart>> behindRelays(
      NetworkedDistrict district, Endpoint way, String... names) {
    List<Future<SitePart>> sites = new ArrayList<>();
    List<NavigableSet<Integer>> shares = RelayShare.cut(district.gridCase.tree(), names.length);
    for (int k = 0; k < names.length; k++) {
      Integer[] nodes = shares.get(k).toArray(Integer[]::new);
      Endpoint door = district.new RelayProcess(names[k], way, 0, nodes).address();
      for (int node : nodes) {
        sites.add(district.start(node, false, door, null));
      }
    }
    return sites;
  }

  private static void print(
      Algorithm algorithm,
      int relays,
      long delayMillis,
      OperatorPart part,
      RunResult alone,
      SlowProxy proxy,
      int sites) {
    int iterations = part.history().size();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d ms | %d | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f |%n",
        algorithm.name().toLowerCase(Locale.ROOT),
        relays,
        delayMillis,
        iterations,
        perIteration(alone.history()),
        perIteration(part.history()),
        proxy.there() * 1e-6 / iterations,
        proxy.back() * 1e-6 / iterations,
        proxy.there() * 1e-3 / iterations / sites,
        proxy.back() * 1e-3 / iterations / sites);
  }

  private static double perIteration(List<IterationRecord> history) {
    return history.get(history.size() - 1).elapsedSeconds() / history.size();
  }
}
