package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.device.DesProgram;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Sampling;
import io.dualgrid.feeder.NetworkLimits;
import io.dualgrid.network.share.CaseSplitter;
import io.dualgrid.network.share.PublicFeeder;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each party has of a case, and what it has not. */
@OneRound
class SplitTest {
  private static final GridCase CASE = CaseLocator.read("yingkou-60");

  @TempDir private Path temporary;

  private Path split() throws IOException {
    return split(CASE);
  }

  private Path split(GridCase gridCase) throws IOException {
    Path folder = temporary.resolve("district");
    CaseSplitter.split(gridCase, Sampling.FIRST, folder, false);
    return folder;
  }

  /** A site's program is the same, so the dispatch is; also where its unit of money is not one. */
  @Test
  void everySiteKeepsItsProgram() throws IOException {
    NetworkLimits all = CASE.limits();
    GridCase gridCase =
        CASE.withLimits(
            new NetworkLimits(
                all.horizonHours(),
                all.profileRows(),
                all.basePowerKw(),
                all.baseImpedanceOhm(),
                all.voltageMinPu(),
                all.voltageMaxPu(),
                all.rootVoltagePu(),
                all.exchangeMaxKw(),
                0.0));
    Path folder = split(gridCase);
    Horizon horizon = gridCase.horizon(24, Sampling.FIRST);
    assertThat(horizon.moneyUnit()).isNotEqualTo(1.0);
    for (GridCase.Node node : gridCase.nodes()) {
      Path site = folder.resolve(CaseSplitter.folderOf(node.id()));
      GridCase part = CaseReader.readPart(site);
      Horizon ofSite =
          PublicFeeder.read(site.resolve(PublicFeeder.NAME)).horizon(24, Sampling.FIRST);
      DesProgram whole = new DesAssembler(gridCase, horizon).assemble(node);
      DesProgram own = new DesAssembler(part, ofSite).assemble(part.node(node.id()));

      assertThat(own.program().linear()).isEqualTo(whole.program().linear());
      assertThat(own.program().lower()).isEqualTo(whole.program().lower());
      assertThat(own.program().upper()).isEqualTo(whole.program().upper());
      assertThat(own.ports().size()).isEqualTo(whole.ports().size());
    }
  }

  @Test
  void noSiteHasAnothersDevicesOrProfiles() throws IOException {
    Path folder = split();
    for (GridCase.Node node : CASE.nodes()) {
      Path own = folder.resolve(CaseSplitter.folderOf(node.id()));
      GridCase part = CaseReader.readPart(own);
      for (GridCase.Node other : part.nodes()) {
        assertThat(other.devices()).isEqualTo(other.id() == node.id() ? node.devices() : List.of());
      }
      // of the tables of profiles, its own columns only
      try (Stream<Path> files = Files.walk(own)) {
        long columns =
            files
                .filter(file -> file.toString().endsWith(".csv"))
                .mapToLong(file -> firstLine(file).split(",").length)
                .sum();
        assertThat(columns).isLessThanOrEqualTo(2L * node.devices().size());
      }
    }
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theOperatorHasNoDevice() throws IOException {
    Path file = split().resolve(CaseSplitter.OPERATOR).resolve(PublicFeeder.NAME);
    String text = Files.readString(file);

    for (String kind :
        List.of("P_load", "H_load", "WP", "PV", "CHP", "BES", "devices", "powerKw")) {
      assertThat(text).doesNotContain(kind);
    }
    PublicFeeder feeder = PublicFeeder.read(file);
    assertThat(feeder.ids()).isEqualTo(CASE.nodes().stream().map(GridCase.Node::id).toList());
    assertThat(feeder.lines()).isEqualTo(CASE.lines());
    assertThat(feeder.limits()).isEqualTo(CASE.limits());
  }

  @Test
  void aBrokenFeederFileIsNamed() throws IOException {
    Path file = split().resolve(CaseSplitter.OPERATOR).resolve(PublicFeeder.NAME);
    String sound = Files.readString(file);
    for (String broken :
        List.of(
            "",
            "{",
            "[]",
            "null",
            sound.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"),
            sound.replace("\"profileRows\" : 96", "\"profileRows\" : 95"),
            sound.replaceFirst("\"to\" : \\d+", "\"to\" : 4711"))) {
      Files.writeString(file, broken);
      assertThatThrownBy(() -> PublicFeeder.read(file))
          .as("%.40s", broken)
          .isInstanceOf(CaseException.class)
          .hasMessageContaining(PublicFeeder.NAME);
    }
  }

  @Test
  void nothingIsReplacedUnasked() throws IOException {
    Path folder = split();
    assertThatThrownBy(() -> CaseSplitter.split(CASE, Sampling.FIRST, folder, false))
        .isInstanceOf(CaseException.class);
  }
}
