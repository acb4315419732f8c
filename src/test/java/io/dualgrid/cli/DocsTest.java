package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The pages hang together, and say what the program does. */
@OneRound
class DocsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(#[^)\\s]+)?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(DOCS)) {
      return Stream.concat(
              docs.filter(path -> path.toString().endsWith(".md")),
              Stream.of(
                  Path.of("README.md"),
                  Path.of("CONTRIBUTING.md"),
                  Path.of("SECURITY.md"),
                  Path.of("CODE_OF_CONDUCT.md"),
                  Path.of("examples/ieee33/README.md")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      String file = link.group(1);
      if (file.startsWith("http") || file.endsWith(".png")) {
        continue;
      }
      Path target = file.isEmpty() ? page : page.toAbsolutePath().resolveSibling(file).normalize();
      assertThat(target).as(page + ": " + link.group()).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as(page + ": " + link.group()).contains(link.group(2));
      }
    }
  }

  /** As repositories show them: lower case, spaces to hyphens, other signs left out. */
  private static List<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> "#" + text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    String index = Files.readString(DOCS.resolve("README.md"));
    for (Path page : pages()) {
      String name = page.getFileName().toString();
      assertThat(
              name.equals("README.md")
                  || index.matches("(?s).*[(/]" + Pattern.quote(name) + "\\).*"))
          .as(name)
          .isTrue();
    }
  }

  @Test
  void everyExitCodeHasAWayOut() throws IOException {
    String page = Files.readString(DOCS.resolve("troubleshooting.md"));
    Terminal terminal =
        Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    CommandLine commands = Dualgrid.commandLine(new FakeEngine(), terminal);
    Map<String, String> codes = commands.getCommandSpec().usageMessage().exitCodeList();
    codes.keySet().stream()
        .filter(code -> !code.equals("0"))
        .forEach(code -> assertThat(page).contains("## " + code + ": " + codes.get(code)));
  }
}
