package io.dualgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The picture in docs/architecture.md shows the arrows that the classes have, all and no other. */
@OneRound
class ArchitecturePictureTest {
  private static final Path PAGE = Path.of("docs/architecture.md");
  private static final String BASE = "io.dualgrid.";

  /**
   * What anybody may use, and what uses nearly everything: the page says that they are left out.
   */
  private static final Set<String> LEFT_OUT =
      Set.of("cli", "natives", "backend", "problem", "files");

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dualgrid");

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(BASE) ? name.substring(BASE.length()).split("\\.")[0] : "";
  }

  @Test
  void showsTheArrowsOfTheClasses() throws IOException {
    Set<String> drawn = new TreeSet<>();
    Matcher arrows = Pattern.compile("(?m)^  (\\w+) --> (\\w+)$").matcher(Files.readString(PAGE));
    while (arrows.find()) {
      drawn.add(arrows.group(1) + " --> " + arrows.group(2));
    }
    Set<String> real =
        PROGRAM.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(use -> use.getTargetClass().getPackageName().startsWith(BASE))
            .filter(use -> use.getOriginClass().getPackageName().startsWith(BASE))
            .filter(use -> !room(use.getOriginClass()).equals(room(use.getTargetClass())))
            .filter(use -> !LEFT_OUT.contains(room(use.getOriginClass())))
            .filter(use -> !LEFT_OUT.contains(room(use.getTargetClass())))
            .map(use -> room(use.getOriginClass()) + " --> " + room(use.getTargetClass()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(drawn).as("arrows of %s", PAGE).isEqualTo(real);
  }

  /** Each room has its paragraph. */
  @Test
  void tellsOfEveryRoom() throws IOException {
    String page = Files.readString(PAGE);
    PROGRAM.stream()
        .map(ArchitecturePictureTest::room)
        .filter(room -> !room.isEmpty())
        .distinct()
        .forEach(room -> assertThat(page).contains("**" + room + "**"));
  }
}
