package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.pki.PartyFolder;
import io.dualgrid.network.pki.PkiException;
import io.dualgrid.network.share.OperatorPart;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.network.wire.Endpoint;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Certificates run out while a run goes on. They do by the clock of the machine, so short ones are
 * given before all dial, and the operator holds an iteration until they are over.
 */
@OneRound
class RotationTest {
  /** For all to dial where enrolment takes a second, as on a machine with little else to do. */
  private static final Duration USUALLY_SHORT = Duration.ofSeconds(12);

  private static final int TIMES_ENROLMENT = 6; // where it takes longer, dialling does, too

  @TempDir private Path temporary;
  private NetworkedDistrict district;
  private Duration brief;

  @BeforeEach
  void enrol() throws IOException {
    long begin = System.nanoTime();
    district = new NetworkedDistrict(temporary);
    brief = USUALLY_SHORT.plus(Duration.ofNanos(TIMES_ENROLMENT * (System.nanoTime() - begin)));
  }

  @AfterEach
  void stop() {
    district.close();
  }

  private static RunSettings.Builder settings(Privacy privacy) {
    return RunSettings.builder().privacy(privacy).allowExposedSums(true).threads(1);
  }

  private Map<Integer, Future<SitePart>> startAll(Endpoint operator, Endpoint cloud, int but) {
    Map<Integer, Future<SitePart>> sites = new HashMap<>();
    for (GridCase.Node node : district.gridCase.nodes()) {
      if (node.id() != but) {
        sites.put(node.id(), district.start(node.id(), true, operator, cloud));
      }
    }
    return sites;
  }

  private static void awaitEnd(Path folder) {
    try {
      Instant end = PartyFolder.of(folder).credentials().notAfter();
      while (!Instant.now().isAfter(end)) {
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** At the end of an iteration, once. */
  private static Consumer<Integer> at(int iteration, Runnable work) {
    boolean[] done = {false};
    return ended -> {
      if (ended == iteration && !done[0]) {
        done[0] = true;
        work.run();
      }
    };
  }

  /**
   * The operator's, the cloud's and those of two sites run out after the third iteration. All but
   * one site's have been renewed by then; that one's comes when the run is paused.
   */
  @Test
  void newCertificatesAreTakenUpAndNothingIsLost() throws Exception {
    // what is compared is arithmetic: the same as without a network, whatever is repeated
    RunSettings settings = settings(Privacy.RMME).maxIterations(8).build();
    List<Path> renewed =
        List.of(district.operatorFolder(), district.cloudFolder(), district.siteFolder(5));
    Path late = district.siteFolder(4);
    Endpoint cloud = district.startCloud();
    NetworkedDistrict.Grid grid =
        district
        .new Grid(
            settings,
            0,
            NetworkedDistrict.PATIENCE,
            at(
                3,
                () -> {
                  awaitEnd(late);
                  renewed.forEach(party -> district.sign(party, NetworkedDistrict.VALIDITY));
                }));
    Endpoint operator = grid.address();
    // operator and cloud listen already: what they show from now on is this
    renewed.forEach(party -> district.sign(party, brief));
    district.sign(late, brief);
    Map<Integer, Future<SitePart>> sites = startAll(operator, cloud, -1);
    while (district.news.stream()
        .noneMatch(text -> text.contains(late + "/certificate.pem: ran"))) {
      assertThat(sites.get(4).isDone()).isFalse();
      Thread.sleep(100);
    }
    assertThat(grid.part.isDone()).isFalse();
    district.sign(late, NetworkedDistrict.VALIDITY);
    OperatorPart part = grid.part.get();
    for (Future<SitePart> site : sites.values()) {
      // the cloud was asked to the end
      assertThat(site.get().outcome().incidents()).isEmpty();
    }

    RunResult undisturbed = DispatchEngine.run(district.gridCase, settings, RunObserver.NONE);
    assertThat(part.history()).hasSize(8);
    assertThat(part.notices()).anyMatch(text -> text.contains("paused in iteration 4"));
    assertThat(district.news).anyMatch(text -> text.contains("certificate ran out at"));
    assertThat(part.history().get(7).penalty()).isEqualTo(undisturbed.history().get(7).penalty());
  }

  /** Without a new certificate the site is missed, and says itself what is wrong. */
  @Test
  void withoutANewCertificateTheRunIsKeptAndTheSiteSaysWhy() throws Exception {
    RunSettings settings =
        settings(Privacy.NONE).algorithm(Algorithm.PUBLISHED).maxIterations(100_000).build();
    Path victim = district.siteFolder(5);
    NetworkedDistrict.Grid grid =
        district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, at(3, () -> awaitEnd(victim)));
    Endpoint operator = grid.address();
    Map<Integer, Future<SitePart>> sites = startAll(operator, null, 5);
    district.sign(victim, brief);
    Future<SitePart> site = district.start(5, district.site(5, true), operator, null, brief);

    assertThatThrownBy(site::get)
        .hasCauseInstanceOf(PkiException.class)
        .hasMessageContainingAll(victim + "/certificate.pem: ran out at", "dualgrid ca sign");
    grid.cancel();
    assertThat(grid.part.get().status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(grid.part.get().notices()).anyMatch(text -> text.contains("site/6-bus/5"));
    assertThat(sites.values()).noneMatch(Future::isDone);
  }
}
