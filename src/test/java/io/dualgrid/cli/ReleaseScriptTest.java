package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.OneRound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** scripts/release in a small repository, with the project's files of versions and a mock build. */
@OneRound
class ReleaseScriptTest {
  private static final List<String> VERSIONED =
      List.of(
          "pom.xml",
          "bench/pom.xml",
          "bench/reactor.xml",
          "python/pyproject.toml",
          "CITATION.cff",
          "scripts/release");

  /**
   * Leaves files of the names that Maven gives them, by the version that stands in the work tree.
   */
  private static final String BUILD =
      """
      #!/usr/bin/env bash
      set -eu
      version=$(sed -n 's/^version: //p' CITATION.cff)
      mkdir -p target
      echo all >target/dualgrid.jar
      for end in .jar -sources.jar -javadoc.jar -sbom.json; do echo "$*" >"target/dualgrid-$version$end"; done
      """;

  @TempDir private Path folder;

  private record Ended(int code, String said) {}

  private Ended call(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    // Called by a hook, git would take the repository of that hook for this one.
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private Ended release(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "scripts/release"));
    command.addAll(List.of(arguments));
    return call(command.toArray(String[]::new));
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Ended ended = call(command.toArray(String[]::new));
    assertThat(ended.code()).as(ended.said()).isZero();
    return ended.said().strip();
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(text.startsWith("#!"))).isTrue();
  }

  @BeforeEach
  void aRepository() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/git")), "no git here");
    for (String file : VERSIONED) {
      write(file, Files.readString(Path.of(file)));
    }
    write("scripts/build-native", "#!/usr/bin/env bash\n[ \"$1\" = --required ]\n");
    write("scripts/test", BUILD);
    write(".gitignore", "target/\n");
    write(
        "CHANGELOG.md", "## [Unreleased]\n\n## [7.2.0] - 2031-02-03\n\n## [7x4.1] - 2031-02-03\n");
    git("init", "-q", "-b", "main");
    git("config", "user.name", "somebody");
    git("config", "user.email", "somebody@example.org");
    git("config", "core.hooksPath", "none");
    git("config", "commit.gpgsign", "false");
    git("add", "-A");
    git("commit", "-q", "-m", "Begin");
  }

  @Test
  void tagsTheVersionAndGoesOnWithTheNext() throws Exception {
    Ended ended = release("7.2.0");
    assertThat(ended.code()).as(ended.said()).isZero();

    assertThat(git("log", "--format=%s")).isEqualTo("Begin 7.3.0-SNAPSHOT\nRelease 7.2.0\nBegin");
    assertThat(git("log", "-1", "--format=%s", "v7.2.0")).isEqualTo("Release 7.2.0");
    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(git("worktree", "list").lines()).hasSize(1);
    // One line of each file, and the time stamp of the build in pom.xml besides.
    assertThat(git("diff", "--numstat", "v7.2.0~", "v7.2.0").lines())
        .containsExactly(
            "1\t1\tCITATION.cff",
            "1\t1\tbench/pom.xml",
            "1\t1\tbench/reactor.xml",
            "2\t2\tpom.xml",
            "1\t1\tpython/pyproject.toml");
    assertThat(git("show", "v7.2.0:pom.xml"))
        .contains("<artifactId>dualgrid</artifactId>\n  <version>7.2.0</version>")
        .contains("Timestamp>2031-02-03T00:00:00Z<");
    assertThat(git("show", "v7.2.0:python/pyproject.toml")).contains("\nversion = \"7.2.0\"\n");
    assertThat(Files.readString(folder.resolve("python/pyproject.toml")))
        .contains("\nversion = \"7.3.0.dev0\"\n");
    assertThat(Files.readString(folder.resolve("CITATION.cff")))
        .contains("\nversion: 7.3.0-SNAPSHOT\n");
  }

  @Test
  void theChecksumsAreThoseOfTheFiles() throws Exception {
    assertThat(release("7.2.0").code()).isZero();
    Path out = folder.resolve("target/release/7.2.0");
    List<String> expected = new ArrayList<>();
    for (String file :
        List.of(
            "dualgrid-7.2.0-javadoc.jar",
            "dualgrid-7.2.0-sbom.json",
            "dualgrid-7.2.0-sources.jar",
            "dualgrid-7.2.0.jar",
            "dualgrid.jar")) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(out.resolve(file)));
      expected.add(HexFormat.of().formatHex(hash) + "  " + file);
    }
    assertThat(Files.readAllLines(out.resolve("SHA256SUMS")))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(out.resolve("dualgrid-7.2.0.jar")).hasContent("-Prelease\n");
  }

  @Test
  void aDryRunLeavesBranchAndTags() throws Exception {
    Ended ended = release("--dry-run", "7.2.0");
    assertThat(ended.code()).as(ended.said()).isZero();
    assertUntouched();
    assertThat(folder.resolve("target/release/7.2.0/SHA256SUMS")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scripts/test", "scripts/build-native"})
  void aBuildThatFailsLeavesAllAsItWas(String step) throws Exception {
    write(step, "#!/usr/bin/env bash\nexit 1\n");
    git("commit", "-q", "-a", "--amend", "-m", "Begin");
    assertThat(release("7.2.0").code()).isEqualTo(1);
    assertUntouched();
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  void noTagIsMadeWhenTheBranchHasMovedMeanwhile() throws Exception {
    write(
        "scripts/test",
        BUILD
            + "git -C \"$(git rev-parse --git-common-dir)/..\" commit -q --allow-empty -m Other\n");
    git("commit", "-q", "-a", "--amend", "-m", "Begin");
    assertThat(release("7.2.0").code()).isNotZero();
    assertThat(git("log", "--format=%s")).isEqualTo("Other\nBegin");
    assertThat(git("tag")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "7.2, no version like",
    "07.2.0, no version like",
    "7.2.0-SNAPSHOT, no version like",
    "7.2.0;ls, no version like",
    "--dry, unknown option",
    "7.4.1, CHANGELOG.md has no heading",
    "7.2.1, CHANGELOG.md has no heading"
  })
  void refusesOtherVersions(String argument, String why) throws Exception {
    Ended ended = release(argument);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).contains(why);
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "new-file"})
  void refusesATreeThatIsNotClean(String file) throws Exception {
    write(file, "changed\n");
    Ended ended = release("7.2.0");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.said()).contains("not clean");
  }

  @Test
  void refusesAnotherBranchAndATagThatIsThere() throws Exception {
    git("tag", "v7.2.0");
    assertThat(release("7.2.0").said()).contains("a tag v7.2.0 already");
    git("checkout", "-q", "-b", "other");
    assertThat(release("7.2.0").said()).contains("the branch is other");
  }

  private void assertUntouched() throws IOException, InterruptedException {
    assertThat(git("log", "--format=%s")).isEqualTo("Begin");
    assertThat(git("tag")).isEmpty();
    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(git("worktree", "list").lines()).hasSize(1);
  }
}
