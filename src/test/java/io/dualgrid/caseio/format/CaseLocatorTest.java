package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.problem.CaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseLocatorTest {
  @TempDir Path parent;

  @Test
  void findsBundledCasesFoldersAndCaseFiles() {
    Path folder = CaseFolder.sound(parent).folder;
    assertThat(CaseLocator.read("6-bus").name()).isEqualTo("6-bus");
    assertThat(CaseLocator.read(folder.toString()).name()).isEqualTo("small");
    assertThat(CaseLocator.read(folder.resolve("case.json").toString()).name()).isEqualTo("small");
  }

  @Test
  void anUnknownNameListsTheBundledOnes() {
    for (String name : new String[] {"7-bus", "", "a\0b"}) {
      assertThatThrownBy(() -> CaseLocator.read(name))
          .isInstanceOf(CaseException.class)
          .hasMessageContaining("there is neither a bundled case nor a folder of this name; ")
          .hasMessageContaining("give one of 6-bus, yingkou-60, or a folder with case.json");
    }
    assertThatThrownBy(() -> CaseReader.bundled("7-bus"))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("7-bus: there is neither");
  }

  @Test
  void theListOfBundledCasesIsThatOfTheFolders() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("data"))) {
      assertThat(CaseLocator.bundledNames())
          .containsExactlyInAnyOrderElementsOf(
              folders
                  .filter(Files::isDirectory)
                  .map(folder -> folder.getFileName().toString())
                  .toList());
    }
  }
}
