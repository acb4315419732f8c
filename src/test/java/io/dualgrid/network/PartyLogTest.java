package io.dualgrid.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.network.log.LogContext;
import io.dualgrid.network.log.PartyLog;
import io.dualgrid.network.pki.Names;
import io.dualgrid.network.share.SitePart;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What parties log, in the words of all lines of a run. */
@OneRound
class PartyLogTest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:E-?\\d+)?");

  @TempDir private Path temporary;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private PartyLog log;

  @BeforeEach
  void open() {
    log = PartyLog.to(written, "the process");
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    java.util.logging.LogManager.getLogManager().readConfiguration();
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  /** A run with a pause in it, whose site dies and comes back. */
  private RunResult run(NetworkedDistrict district) throws Exception {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.CKKS)
            .algorithm(Algorithm.ACCELERATED)
            .allowExposedSums(true)
            .steps(4)
            .maxIterations(6)
            .threads(1)
            .build();
    DyingSite victim = new DyingSite(3);
    NetworkedDistrict.Grid grid =
        district.new Grid(settings, 0, NetworkedDistrict.PATIENCE, victim);
    Map<Integer, Future<SitePart>> sites = district.startAll(false, grid.address(), null);
    int first = district.gridCase.nodes().get(0).id();
    victim.is(sites.get(first));
    victim.await();
    sites.put(first, district.start(first, false, grid.address(), null));
    grid.part.get();
    for (Future<SitePart> site : sites.values()) {
      site.get();
    }
    return district.gather();
  }

  @Test
  void everyLineSaysWhoAndInWhichRunAndNoneASecret() throws Exception {
    try (NetworkedDistrict district = new NetworkedDistrict(temporary)) {
      RunResult gathered = run(district);
      String all = written.toString(StandardCharsets.UTF_8);
      List<JsonNode> lines = lines();

      Set<String> runs = new HashSet<>();
      Set<String> parties = new HashSet<>();
      for (JsonNode line : lines) {
        Instant.parse(line.get("time").asText());
        assertThat(line.get("level").asText()).isIn("INFO", "WARNING", "SEVERE");
        parties.add(line.get("party").asText());
        if (line.has("epoch")) {
          runs.add(line.get("run").asText());
        }
      }
      assertThat(runs).hasSize(1).allMatch(run -> run.matches("[0-9a-f]{32}"));
      assertThat(parties).contains("operator");
      for (GridCase.Node node : district.gridCase.nodes()) {
        assertThat(parties).contains(Names.site("6-bus", node.id()));
      }
      assertThat(lines.stream().map(line -> line.path("epoch").asText())).contains("1", "2");
      assertThat(all).contains("paused, for site/6-bus/", "iteration 6 has ended");

      List<String> secrets = new ArrayList<>(Secrets.of(district.operatorFolder()));
      for (GridCase.Node node : district.gridCase.nodes()) {
        secrets.addAll(Secrets.of(district.siteFolder(node.id())));
      }
      assertThat(secrets).isNotEmpty().noneMatch(all::contains);
      assertNoFigure(lines, gathered);
    }
  }

  /**
   * Every number with a fraction in a message is a time in seconds, and there is no word for more.
   */
  private static void assertNoFigure(List<JsonNode> lines, RunResult gathered) {
    Set<String> figures = new HashSet<>();
    gathered
        .dispatch()
        .forEach(
            series -> {
              for (double value : series.values()) {
                if (value != Math.rint(value)) {
                  figures.add(Double.toString(value));
                  figures.add(String.format(Locale.ROOT, "%.6g", value));
                }
              }
            });
    assertThat(figures).hasSizeGreaterThan(100);
    for (JsonNode line : lines) {
      String message = line.get("message").asText();
      assertThat(figures).noneMatch(message::contains);
      Matcher number = NUMBER.matcher(message.replaceAll("127\\.0\\.0\\.1", ""));
      while (number.find()) {
        assertThat(message.substring(message.indexOf(number.group()) + number.group().length()))
            .as(message)
            .startsWith(" s");
      }
    }
  }

  @Test
  void whateverIsInAMessageStaysInItsLine() throws IOException {
    LogContext.party("site/6-bus/1");
    LogContext.run("ab");
    LoggerFactory.getLogger("io.dualgrid.test").warn("{}", "one\n{\"party\":\"operator\"}\r\u2028");

    assertThat(lines()).hasSize(1);
    JsonNode line = lines().get(0);
    assertThat(line.get("party").asText()).isEqualTo("site/6-bus/1");
    assertThat(line.get("run").asText()).isEqualTo("ab");
    assertThat(line.get("message").asText()).contains("operator");
  }

  /** gRPC's own go the same way, warnings only: what it says of frames would show their bytes. */
  @Test
  void librariesLogTheSameWayAndNoFrames() throws IOException {
    LogContext.run("of this thread");
    Logger grpc = Logger.getLogger("io.grpc.netty.NettyServerHandler");
    grpc.log(Level.WARNING, "a stream went wrong", new IOException("reset"));
    grpc.fine("INBOUND DATA: 0102");
    grpc.info("something");

    assertThat(lines()).hasSize(1);
    JsonNode line = lines().get(0);
    assertThat(line.get("party").asText()).isEqualTo("the process");
    assertThat(line.has("run")).isFalse();
    assertThat(line.get("stack").asText()).contains("IOException: reset");
  }

  /** Where nobody asked for a log, the terminal has progress, and warnings of libraries. */
  @Test
  void withoutALogTheTerminalIsLeftAlone() {
    StringWriter shown = new StringWriter();
    try (PartyLog none = PartyLog.none(new PrintWriter(shown))) {
      LoggerFactory.getLogger("io.dualgrid.network").error("told otherwise");
      Logger.getLogger("io.grpc").info("something");
      assertThat(none).isNotNull();
      assertThat(shown.toString()).isEmpty();
      Logger.getLogger("io.grpc").warning("look");
    }
    assertThat(shown.toString()).contains("warning: io.grpc: look");
  }
}
