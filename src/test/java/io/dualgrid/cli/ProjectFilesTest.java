package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dualgrid.OneRound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** What hosts, citing people and contributors read agrees with the build and with one another. */
@OneRound
class ProjectFilesTest {
  private static final Path WORKFLOW = Path.of(".github/workflows/ci.yml");
  private static final Path PIPELINE = Path.of(".gitlab-ci.yml");
  private static final Path CITATION = Path.of("CITATION.cff");
  private static final Path POM = Path.of("pom.xml");

  private static JsonNode yaml(Path file) throws IOException {
    return new YAMLMapper().readTree(Files.readString(file));
  }

  /** The text of an element by its path below {@code project}, all namespaces left out. */
  private static String ofPom(Path pom, String path) throws IOException, XPathExpressionException {
    XPath xpath = XPathFactory.newInstance().newXPath();
    String steps = ("project/" + path).replaceAll("([^/]+)", "*[local-name()='$1']");
    try (var reader = Files.newBufferedReader(pom)) {
      return xpath.evaluate("/" + steps, new InputSource(reader));
    }
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<JsonNode> steps() throws IOException {
    return each(yaml(WORKFLOW).path("jobs").path("checks").path("steps")).toList();
  }

  @Test
  void bothHostsRunTheChecksOfTheProject() throws IOException {
    assertThat(steps().stream().map(step -> step.path("run").asText())).contains(".ci/run");
    assertThat(each(yaml(PIPELINE).path("checks").path("script")).map(JsonNode::asText))
        .containsExactly(".ci/run");
    assertThat(Path.of(".ci/run")).isExecutable();
  }

  @Test
  void bothHostsTakeTheOldestJavaThatIsPromised() throws Exception {
    String release = ofPom(POM, "properties/maven.compiler.release");
    assertThat(release).isNotEmpty();
    assertThat(steps().stream().map(step -> step.path("with").path("java-version").asText("")))
        .contains(release);
    assertThat(yaml(PIPELINE).path("checks").path("image").asText()).endsWith("-" + release);
  }

  @Test
  void actionsArePinnedByMajorVersion() throws IOException {
    assertThat(steps().stream().filter(step -> step.has("uses")))
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step.get("uses").asText()).matches("[\\w/-]+@v\\d+"));
  }

  @Test
  void updatesAreAskedForWhereThereIsSomethingToUpdate() throws IOException {
    Map<String, String> files =
        Map.of(
            "maven", "pom.xml",
            "pip", "requirements.txt",
            "github-actions", ".github/workflows/ci.yml");
    for (JsonNode update : yaml(Path.of(".github/dependabot.yml")).path("updates")) {
      String file = files.get(update.get("package-ecosystem").asText());
      List<JsonNode> folders =
          update.has("directory")
              ? List.of(update.get("directory"))
              : each(update.get("directories")).toList();
      assertThat(folders)
          .isNotEmpty()
          .allSatisfy(folder -> assertThat(Path.of("." + folder.asText(), file)).isRegularFile());
    }
  }

  @Test
  void oneVersionEverywhere() throws Exception {
    String version = ofPom(POM, "version");
    assertThat(version).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(yaml(CITATION).path("version").asText()).isEqualTo(version);
    assertThat(ofPom(Path.of("bench/pom.xml"), "version")).isEqualTo(version);
    assertThat(ofPom(Path.of("bench/reactor.xml"), "version")).isEqualTo(version);
    assertThat(Files.readString(Path.of("python/pyproject.toml")))
        .contains("\nversion = \"" + version.replace("-SNAPSHOT", ".dev0") + "\"\n");
  }

  @Test
  void theCitationNamesLicenceAndAuthorsOfTheBuild() throws Exception {
    JsonNode citation = yaml(CITATION);
    assertThat(citation.path("cff-version").asText()).isEqualTo("1.2.0");
    assertThat(citation.path("message").asText()).isNotEmpty();
    assertThat(citation.path("title").asText()).isEqualTo(ofPom(POM, "name"));
    assertThat(citation.path("license").asText()).isEqualTo(ofPom(POM, "licenses/license/name"));
    assertThat(citation.path("authors")).hasSize(1);
    assertThat(citation.path("authors").path(0).path("name").asText())
        .isEqualTo(ofPom(POM, "developers/developer/name"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bug.yml, Bug.md", "proposal.yml, Proposal.md"})
  void bothHostsAskTheSameOfAnIssue(String form, String template) throws IOException {
    List<String> asked =
        each(yaml(Path.of(".github/ISSUE_TEMPLATE", form)).path("body"))
            .filter(part -> part.path("type").asText().equals("textarea"))
            .map(part -> part.path("attributes").path("label").asText())
            .toList();
    assertThat(asked).isNotEmpty();
    assertThat(Files.readAllLines(Path.of(".gitlab/issue_templates", template)))
        .filteredOn(line -> line.startsWith("## "))
        .containsExactlyElementsOf(asked.stream().map(label -> "## " + label).toList());
  }

  @Test
  void bothHostsAskTheSameOfAChange() {
    assertThat(Path.of(".gitlab/merge_request_templates/Default.md"))
        .hasSameTextualContentAs(Path.of(".github/pull_request_template.md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONTRIBUTING.md", "README.md"})
  void namedScriptsCanBeRun(String page) throws IOException {
    Pattern script = Pattern.compile("(?<![\\w/])(?:scripts/[a-z-]+|\\.ci/run)");
    assertThat(script.matcher(Files.readString(Path.of(page))).results().map(MatchResult::group))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Path.of(name)).isExecutable());
  }
}
