package io.dualgrid.caseio.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederGenerator.Options;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.caseio.matpower.Ieee33;
import io.dualgrid.caseio.matpower.MatpowerImporter;
import io.dualgrid.caseio.published.PublishedImporter;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cases that were imported, built or made up have an optimum. */
class OwnDataSolvesTest {
  @TempDir Path parent;

  private static CentralResult solved(GridCase gridCase) {
    CentralResult result = DispatchEngine.central(gridCase, RunSettings.defaults());
    assertThat(result.solved()).as(gridCase.name() + ": " + result.status()).isTrue();
    return result;
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(OwnDataSolvesTest.class.getResource(name).toURI());
  }

  @Test
  void the33BusFeederCostsItsLoadTimesThePrice() throws IOException {
    GridCase feeder =
        MatpowerImporter.importCase(
                Path.of("examples/ieee33/ieee33.m"),
                parent.resolve("out"),
                "ieee33",
                MatpowerImporter.Options.STRICT)
            .gridCase();
    // nothing to dispatch and no losses: 3715 kW over 24 h at 0.02, to the solver's 1e-6
    assertThat(solved(feeder).totalCost())
        .isCloseTo(3715 * 24 * 0.02, within(3715 * 24 * 0.02 * 1e-6));
  }

  @Test
  void the33BusFeederWithDevicesSolves() throws IOException {
    GridCase feeder = Ieee33.withDevices(parent.resolve("out"), "district33");
    CentralResult optimum = solved(feeder);
    // its energy systems agree on a dispatch that is as good as they certify; 1e-5 is the tolerance
    // on the mismatch, which may make it look cheaper than it is
    RunSettings settings = RunSettings.builder().privacy(Privacy.NONE).build();
    RunResult run = DispatchEngine.run(feeder, settings, RunObserver.NONE);
    assertThat(run.status()).isEqualTo(RunStatus.CONVERGED);
    double slack = 1e-5 * optimum.totalCost();
    assertThat(run.lowerBound()).isLessThan(optimum.totalCost() + slack);
    assertThat(run.totalCost())
        .isBetween(
            optimum.totalCost() - slack,
            optimum.totalCost() + run.totalCost() - run.lowerBound() + slack);
    assertThat(run.totalCost()).isLessThan(1.01 * run.lowerBound());
  }

  @Test
  void theUnseenPublishedLayoutAndTheStarterFolderSolve() throws IOException, URISyntaxException {
    solved(
        PublishedImporter.importCase(
                fixture("/published/harbour"), parent.resolve("harbour"), "harbour")
            .gridCase());
    StarterFolder.write(parent.resolve("tables"), false);
    solved(TableBuilder.build(parent.resolve("tables"), parent.resolve("built"), false).gridCase());
  }

  @ParameterizedTest
  @EnumSource(FeederShape.class)
  void madeUpFeedersSolve(FeederShape shape) {
    solved(FeederGenerator.generate(new Options(25, shape, 4)));
  }
}
