package io.dualgrid.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.caseio.generate.FeederGenerator;
import io.dualgrid.caseio.generate.FeederShape;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.results.SampleRuns;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.run.RunStatus;
import io.dualgrid.site.GridCase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser, where there is one: what they show, and that nothing goes wrong. */
@OneRound
class BrowserTest {
  @TempDir Path folder;

  @Test
  void reportDrawsItsChartsWithoutErrors() throws IOException, InterruptedException {
    String page = load(reportOfSample());
    assertThat(page)
        .contains("<h1>Dispatch of 6-bus</h1>")
        .contains("converged")
        .contains("Residuals", "Prices at the root", "What each party saw", "topology only");
    // residuals, cost, mismatch, penalty, electricity, prices at the root and the four at nodes,
    // time
    // by iteration; the sample has neither heat nor storage nor voltages of nodes
    assertThat(page.split("<canvas")).hasSize(1 + 11);
    assertThat(page).contains("those at node 3", ", where limits move the price most");
  }

  /**
   * Each chart becomes a picture that an XML parser reads, with its title and no variable colour.
   */
  @Test
  void everyChartIsSavedAsAPicture() throws IOException, InterruptedException {
    Path page = reportOfSample();
    String script =
        "<script>const good = [...charts].filter((chart) => chart.uplot).filter((chart) => {"
            + " const { text } = picture(chart);"
            + " const read = new DOMParser().parseFromString(text, 'image/svg+xml');"
            + " return !read.querySelector('parsererror') && !text.includes('var(--')"
            + " && read.querySelector('text').textContent === chart.spec.title; });"
            + " document.title = 'pictures: ' + good.length;</script></body>";
    append(script, page);
    assertThat(load(page)).contains("<title>pictures: 11</title>", "save Residuals as PNG");
  }

  /** What the browser is given to save when somebody clicks, read back as a picture. */
  @Test
  void aClickSavesAChartAsPng() throws IOException, InterruptedException {
    Path page = reportOfSample();
    String script =
        "<script>HTMLAnchorElement.prototype.click = function () {"
            + " const read = new Image();"
            + " const sort = this.href.slice(0, 22);"
            + " read.addEventListener('load', () => {"
            + " const canvas = document.createElement('canvas');"
            + " [canvas.width, canvas.height] = [read.width, read.height];"
            + " const pen = canvas.getContext('2d'); pen.drawImage(read, 0, 0);"
            + " const points = pen.getImageData(0, 0, read.width, read.height).data;"
            + " const colours = new Set();"
            + " for (let i = 0; i < points.length; i += 4) colours.add(points.slice(i, i + 3).join());"
            + " const shown = [...charts].find((one) => one.spec.title === 'Residuals');"
            + " document.title = [this.download, sort, read.width === 3 * shown.uplot.width,"
            + " colours.size > 10].join(' '); });"
            + " read.src = this.href; };"
            + " document.querySelector('[aria-label=\"save Residuals as PNG\"]').click();"
            + "</script></body>";
    append(script, page);
    assertThat(load(page))
        .contains("<title>residuals.png data:image/png;base64, true true</title>");
  }

  @Test
  void mismatchOfRoundingNeitherHidesAChartNorBlocksThePage()
      throws IOException, InterruptedException {
    for (String name : List.of("first", "second")) {
      ResultFiles.write(
          ResultFolder.open(folder.resolve(name)),
          CaseLocator.read("6-bus"),
          SampleRuns.exactRun("6-bus", RunSettings.defaults(), 20),
          998.0);
    }
    RunFolder first = RunFolder.read(folder.resolve("first"));
    RunFolder second = RunFolder.read(folder.resolve("second"));
    ResultFolder target = ResultFolder.open(folder);
    target.write(Map.of("page.html", Reports.report(first)));
    String report = load(folder.resolve("page.html"));
    assertThat(report.split("<canvas")).hasSize(1 + 11);
    assertThat(report).contains("rounding and drawn at 10⁻¹²");
    target.write(Map.of("page.html", Reports.comparison(List.of(first, second))));
    assertThat(load(folder.resolve("page.html")).split("<canvas")).hasSize(1 + 4);
  }

  /** A run of newton has neither penalties nor changes; its dispatch has an AC power flow. */
  @Test
  void reportOfNewtonDrawsItsChartsWithoutErrors() throws IOException, InterruptedException {
    RunSettings settings =
        RunSettings.builder()
            .privacy(Privacy.NONE)
            .algorithm(Algorithm.NEWTON)
            .steps(4)
            .threads(1)
            .build();
    GridCase sixBus = CaseLocator.read("6-bus");
    RunResult result = DispatchEngine.run(sixBus, settings, RunObserver.NONE);
    assertThat(load(reportOf(sixBus, result)))
        .contains("Residuals</h3>", "Voltage of all nodes</h3>", "Losses in AC</h3>")
        .contains("Prices at the nodes</h2>", "Price of reactive power at all nodes</h3>")
        .contains("price of active power, mean of all steps</option>")
        .doesNotContain("Penalty</h3>", "Mismatch by quantity</h3>");
  }

  private Path reportOf(GridCase feeder, int steps) {
    RunSettings settings = RunSettings.builder().privacy(Privacy.NONE).steps(steps).build();
    return reportOf(feeder, SampleRuns.wholeFeeder(feeder, settings, 5));
  }

  private Path reportOf(GridCase feeder, RunResult result) {
    ResultFiles.write(ResultFolder.open(folder.resolve("run")), feeder, result, Double.NaN);
    return reportOfRun();
  }

  private Path reportOfSample() {
    writeRun(folder.resolve("run"));
    return reportOfRun();
  }

  private Path reportOfRun() {
    ResultFolder.open(folder)
        .write(Map.of("page.html", Reports.report(RunFolder.read(folder.resolve("run")))));
    return folder.resolve("page.html");
  }

  private static void append(String script, Path page) throws IOException {
    Files.writeString(page, Files.readString(page).replace("</body>", script));
  }

  /** Numbers of all nodes and steps are more than a call takes as arguments. */
  @Test
  void reportDrawsAFeederOfManyNodesAndSteps() throws IOException, InterruptedException {
    int nodes = 1500;
    GridCase large =
        FeederGenerator.generate(new FeederGenerator.Options(nodes, FeederShape.of("star"), 1));
    String page = load(reportOf(large, 96));
    assertThat(page).contains("Voltage of all nodes</h3>", "What each party saw");
    assertThat(page.split("<circle")).hasSize(1 + nodes);
  }

  /**
   * However many nodes, the map begins as high as a window has room for, and comes back to that.
   */
  @Test
  void theMapBeginsWithTheWholeFeederInSight() throws IOException, InterruptedException {
    GridCase large =
        FeederGenerator.generate(new FeederGenerator.Options(600, FeederShape.of("bushy"), 1));
    Path page = reportOf(large, 4);
    String script =
        "<script>{ const tree = document.querySelector('.tree');"
            + " const size = (of) => Number(tree.querySelector('svg').getAttribute(of));"
            + " const press = (text) => [...document.querySelectorAll('.controls button')]"
            + ".find((one) => one.textContent === text).click();"
            + " const before = size('width');"
            + " const seen = size('height') <= 0.8 * innerHeight + 1"
            + " && before <= tree.clientWidth + 1;"
            + " press('+'); const larger = (size('width') / before).toFixed(2); press('fit');"
            + " document.title = `${seen}, ${larger}, ${size('width') === before}`; }"
            + "</script></body>";
    append(script, page);
    assertThat(load(page)).contains("<title>true, 1.50, true</title>");
  }

  /** Whichever way the tree grows: names of the last nodes reach beyond these. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 400})
  void namesOfTheMapAreWhole(int width) throws IOException, InterruptedException {
    GridCase six = CaseLocator.read("6-bus");
    List<GridCase.Node> nodes =
        six.nodes().stream()
            .map(node -> new GridCase.Node(node.id(), "Care home no. " + node.id(), node.devices()))
            .toList();
    Path page =
        reportOf(
            new GridCase(six.name(), six.source(), six.limits(), nodes, six.lines(), six.tree()),
            4);
    String script =
        "<script>{ const tree = document.querySelector('.tree');"
            + " tree.style.width = '"
            + width
            + "px'; drawAll();"
            + " const drawing = tree.querySelector('svg').getBoundingClientRect();"
            + " const names = [...tree.querySelectorAll('.name')]"
            + ".map((one) => one.getBoundingClientRect());"
            + " const nodes = [...tree.querySelectorAll('.node circle')]"
            + ".map((one) => one.getBoundingClientRect());"
            + " const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1"
            + " || a.bottom <= b.top + 3 || b.bottom <= a.top + 3;"
            + " document.title = [names.length, names.filter((one) => one.right > drawing.right"
            + " || one.top < drawing.top).length, names.filter((one) =>"
            + " nodes.some((node) => !apart(one, node))).length].join(', '); }</script></body>";
    append(script, page);
    assertThat(load(page)).contains("<title>" + nodes.size() + ", 0, 0</title>");
  }

  @Test
  void comparisonDrawsItsChartsWithoutErrors() throws IOException, InterruptedException {
    writeRun(folder.resolve("first"));
    writeRun(folder.resolve("second"));
    List<RunFolder> runs =
        Stream.of("first", "second").map(name -> RunFolder.read(folder.resolve(name))).toList();
    ResultFolder.open(folder).write(Map.of("page.html", Reports.comparison(runs)));
    String page = load(folder.resolve("page.html"));
    assertThat(page).contains("Runs side by side", "first", "second", "Time by step");
    // mismatch and cost, each by iteration and by time
    assertThat(page.split("<canvas")).hasSize(1 + 4);
  }

  private static void writeRun(Path target) {
    ResultFiles.write(
        ResultFolder.open(target),
        CaseLocator.read("6-bus"),
        SampleRuns.run("6-bus", RunSettings.defaults(), RunStatus.CONVERGED, 50),
        998.0);
  }

  /** The page as the browser has built it; fails when its console has an error. */
  private String load(Path page) throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no chromium on the path");
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("console.log");
    // Not in the temporary folder: the browser's helpers may still write to it after its end.
    Path profile = Path.of("target", "browser", UUID.randomUUID().toString()).toAbsolutePath();
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless=new",
                // the sandbox does not start for root, as which containers run tests
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile,
                "--enable-logging=stderr",
                "--virtual-time-budget=4000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).describedAs("browser ends").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Files.readAllLines(log)).noneMatch(line -> line.contains(":CONSOLE"));
    return Files.readString(dom);
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(entry -> Stream.of("chromium", "chromium-browser").map(Path.of(entry)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
