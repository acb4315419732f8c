package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.network.agent.RelayAgent;
import io.dualgrid.network.agent.SiteStandard;
import io.dualgrid.network.metrics.Metrics;
import io.dualgrid.network.pki.PartyFolder;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An operator in several processes. The lines of 6-bus are 0-1, 1-2, 2-3, 2-4, 4-5 and 5-6, of
 * which 1-2, 4-5 and 5-6 lead from one relay to the other here.
 */
@OneRound
class RelayedRunTest {
  private static final Integer[] FIRST = {0, 1, 5};
  private static final Integer[] SECOND = {2, 3, 4, 6};

  @TempDir private Path temporary;
  private NetworkedDistrict district;
  private final Map<Integer, Future<SitePart>> sites = new HashMap<>();

  @BeforeEach
  void enrol() throws IOException {
    district = new NetworkedDistrict(temporary);
    district.enrolRelays("1", "2");
  }

  @AfterEach
  void stop() {
    district.close();
  }

  private static RunSettings settings(
      Privacy privacy, Algorithm algorithm, Sensitivities sensitivities) {
    return RunSettings.builder()
        .privacy(privacy)
        .algorithm(algorithm)
        .sensitivities(sensitivities)
        .allowExposedSums(true) // a quarter of the iterations, in accelerated runs
        .threads(1)
        .build();
  }

  private static RunSettings shortAccelerated() {
    return settings(Privacy.CKKS, Algorithm.ACCELERATED, Sensitivities.BLOCKS).toBuilder()
        .gapTolerance(1e-2)
        .build();
  }

  private void join(Endpoint door, Integer... nodes) {
    for (int node : nodes) {
      SiteStandard standard = new SiteStandard(true, true, false, false, false);
      sites.put(
          node,
          district.start(
              node, district.site(node, standard), door, null, NetworkedDistrict.PATIENCE));
    }
  }

  private NetworkedDistrict.RelayProcess relay(
      String name, NetworkedDistrict.Grid grid, Integer... nodes) {
    return district.new RelayProcess(name, grid.address(), 0, nodes);
  }

  /** Both relays. */
  private record Relays(NetworkedDistrict.RelayProcess one, NetworkedDistrict.RelayProcess two) {}

  /** Starts them, and all sites behind them. */
  private Relays joined(NetworkedDistrict.Grid grid) {
    Relays relays = new Relays(relay("1", grid, FIRST), relay("2", grid, SECOND));
    join(relays.one().address(), FIRST);
    join(relays.two().address(), SECOND);
    return relays;
  }

  private RunResult ended(NetworkedDistrict.Grid grid) throws Exception {
    grid.part.get();
    for (Future<SitePart> site : sites.values()) {
      site.get();
    }
    return district.gather();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, NEWTON, BLOCKS",
    "NONE, ACCELERATED, BLOCKS",
    "CKKS, NEWTON, ROOT",
    "CKKS, ACCELERATED, BLOCKS"
  })
  void agreesAsInOneProcess(Privacy privacy, Algorithm algorithm, Sensitivities sensitivities)
      throws Exception {
    RunSettings settings = settings(privacy, algorithm, sensitivities);
    RunResult inOneProcess = DispatchEngine.run(district.gridCase, settings, RunObserver.NONE);

    NetworkedDistrict.Grid grid = district.new Grid(settings);
    Relays relays = joined(grid);
    RunResult gathered = ended(grid);

    assertThat(gathered.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(relays.one().end.get().outcome()).isEqualTo(RelayAgent.Outcome.OVER);
    assertThat(relays.two().end.get()).isEqualTo(relays.one().end.get());
    if (privacy == Privacy.NONE) {
      // no arithmetic differs but the order in which reports are added
      assertThat(gathered.iterations()).isEqualTo(inOneProcess.iterations());
      assertThat(gathered.totalCost()).isEqualTo(inOneProcess.totalCost(), within(1e-6));
      assertThat(distance(gathered.dispatch(), inOneProcess.dispatch())).isLessThan(1e-4);
    } else {
      // each is within its certified gap from the same optimum, and above it
      assertThat(gathered.totalCost() / inOneProcess.totalCost())
          .isEqualTo(1.0, within(1.1 * settings.gapTolerance()));
    }
  }

  /** Largest difference of a value, in the unit of its series. */
  private static double distance(List<DispatchSeries> one, List<DispatchSeries> other) {
    double distance = 0;
    for (int k = 0; k < one.size(); k++) {
      double[] left = one.get(k).values();
      double[] right = other.get(k).values();
      for (int t = 0; t < left.length; t++) {
        distance = Math.max(distance, Math.abs(left[t] - right[t]));
      }
    }
    return distance;
  }

  @Test
  void whatIsShortIsToldThroughRelays() throws Exception {
    district.close();
    district = new NetworkedDistrict(temporary.resolve("short"), NetworkInfeasibleTest.chain());
    district.enrolRelays("1", "2");
    RunSettings settings =
        settings(Privacy.CKKS, Algorithm.NEWTON, Sensitivities.BLOCKS).toBuilder().steps(2).build();
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    NetworkedDistrict.RelayProcess one = relay("1", grid, 10, 11);
    NetworkedDistrict.RelayProcess two = relay("2", grid, 12, 13);
    join(one.address(), 10, 11);
    join(two.address(), 12, 13);
    RunResult gathered = ended(grid);

    assertThat(gathered.status()).as("%s", gathered.notices()).isEqualTo(RunStatus.INFEASIBLE);
    assertThat(gathered.notices()).anyMatch(text -> text.startsWith("case.json: node 13: V ="));
    assertThat(two.end.get().outcome()).isEqualTo(RelayAgent.Outcome.OVER);
  }

  /** A relay dies after some iterations, and another goes on in its place. */
  @Test
  void aRelayThatComesBackGoesOn() throws Exception {
    RunSettings settings = shortAccelerated();
    CountDownLatch dead = new CountDownLatch(1);
    Victim victim = new Victim(3, dead);
    NetworkedDistrict.Grid grid =
        district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, victim);
    NetworkedDistrict.RelayProcess dying = joined(grid).two();
    victim.is(dying.end);
    dead.await();
    assertThatThrownBy(dying.end::get).isNotNull();
    district.new RelayProcess("2", grid.address(), dying.address().port(), SECOND);
    RunResult gathered = ended(grid);

    assertThat(gathered.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(gathered.notices()).anyMatch(text -> text.contains("for operator/2: "));
    assertThat(gathered.lowerBound()).isLessThanOrEqualTo(gathered.totalCost() * (1 + 1e-7));
  }

  /** Who dies when an iteration has ended. */
  private static final class Victim implements Consumer<Integer> {
    private final int iteration;
    private final CountDownLatch dead;
    private volatile Future<?> process;

    Victim(int iteration, CountDownLatch dead) {
      this.iteration = iteration;
      this.dead = dead;
    }

    void is(Future<?> dying) {
      process = dying;
    }

    @Override
    public void accept(Integer ended) {
      if (ended == iteration && dead.getCount() > 0) {
        process.cancel(true);
        dead.countDown();
      }
    }
  }

  @Test
  void aSiteThatIsLostBehindARelayIsNamedAndComesBack() throws Exception {
    RunSettings settings = shortAccelerated();
    CountDownLatch dead = new CountDownLatch(1);
    Victim victim = new Victim(4, dead);
    NetworkedDistrict.Grid grid =
        district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, victim);
    Relays relays = joined(grid);
    victim.is(sites.get(3));
    dead.await();
    join(relays.two().address(), 3);
    RunResult gathered = ended(grid);

    assertThat(gathered.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(gathered.notices()).anyMatch(text -> text.contains("for site/6-bus/3: "));
    assertThat(relays.one().end.get().outcome()).isEqualTo(RelayAgent.Outcome.OVER);
  }

  /** A relay hands the operator's terms on, and a site holds them against what it insists on. */
  @Test
  void aSiteHearsTheTermsOfTheOperator() throws Exception {
    RunSettings settings = settings(Privacy.CKKS, Algorithm.NEWTON, Sensitivities.FULL);
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    NetworkedDistrict.RelayProcess one = relay("1", grid, FIRST);
    join(one.address(), 0);
    assertThatThrownBy(sites.get(0)::get).hasMessageContaining("--accept-full");
    grid.cancel();
    assertThatThrownBy(grid.part::get).hasMessageContaining("operator/2");
  }

  @Test
  void sharesThatDoNotFitAreRefusedByName() throws Exception {
    RunSettings settings = settings(Privacy.NONE, Algorithm.NEWTON, Sensitivities.BLOCKS);
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    NetworkedDistrict.RelayProcess one = relay("1", grid, 0, 1, 5);
    one.address();
    NetworkedDistrict.RelayProcess twice = relay("2", grid, 1, 2, 3);
    assertThatThrownBy(twice.end::get)
        .hasCauseInstanceOf(WireException.class)
        .hasMessageContaining("nodes 1 to two of them, with operator/1");
    NetworkedDistrict.RelayProcess few = relay("2", grid, 2, 3, 4);
    few.address();
    assertThatThrownBy(grid.part::get)
        .hasCauseInstanceOf(WireException.class)
        .hasMessageContaining("no relay has nodes 6; name them in nodes.txt");
  }

  /** Who dials the operator past its relay, or another's relay, hears whom the place is for. */
  @Test
  void aSiteAtTheWrongDoorIsTold() throws Exception {
    RunSettings settings = settings(Privacy.NONE, Algorithm.NEWTON, Sensitivities.BLOCKS);
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    NetworkedDistrict.RelayProcess one = relay("1", grid, FIRST);
    join(grid.address(), 2);
    assertThatThrownBy(sites.get(2)::get)
        .hasMessageContaining(
            "site/6-bus/2 has no place here, which is for operator/1, operator/2");
    join(one.address(), 2);
    assertThatThrownBy(sites.get(2)::get)
        .hasMessageContaining("site/6-bus/2 has no place here, which is for site/6-bus/0");
  }

  @Test
  void aPartyThatIsNoRelayCannotBeOne() {
    assertThatThrownBy(
            () ->
                new RelayAgent(
                    PublicFeeder.read(district.operatorFolder().resolve("feeder.json")),
                    new TreeSet<>(List.of(1)),
                    PartyFolder.of(district.operatorFolder()),
                    () -> null,
                    new RelayAgent.Machine("auto", 1, new Metrics())))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("which is no relay's; take operator/MACHINE");
  }

  @Test
  void anIterationTakesAsManyRoundTripsAsWithoutRelays() throws Exception {
    RunSettings settings =
        settings(Privacy.NONE, Algorithm.ACCELERATED, Sensitivities.BLOCKS).toBuilder()
            .maxIterations(4)
            .build();
    NetworkedDistrict.Grid grid = district.new Grid(settings);
    Relays relays = joined(grid);
    OperatorPart part = grid.part.get();
    assertThat(part.status()).isEqualTo(RunStatus.NOT_CONVERGED);
    // three an iteration, and what the last asks more, as without relays
    assertThat(part.roundTrips()).isEqualTo(13);
  }
}
