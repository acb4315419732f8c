package io.dualgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * All tests run with the native libraries, and again without, but for classes and single tests with
 * {@link OneRound}. Such a class chooses no backend itself; and where a room of the program does,
 * tests of that room which reach the choice still run in both rounds.
 */
@OneRound
class TestRoundsTest {
  private static final String BASE = "io.dualgrid.";

  private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.dualgrid");

  /** Where backends are chosen; by name, for this class chooses none. */
  private static final Set<String> CHOICES =
      Set.of(
          "io.dualgrid.qp.QpBackends",
          "io.dualgrid.qp.NewtonKernels",
          "io.dualgrid.qp.dense.DenseBackends",
          "io.dualgrid.ckks.CkksBackends");

  /** Where their libraries are. */
  private static final List<String> LIBRARIES =
      List.of(
          "io.dualgrid.backend",
          "io.dualgrid.natives",
          "io.dualgrid.qp.nativeqp",
          "io.dualgrid.qp.osqp",
          "io.dualgrid.qp.dense.jna",
          "io.dualgrid.ckks.seal");

  private static boolean chooses(JavaClass type) {
    return uses(type).stream()
        .anyMatch(used -> CHOICES.contains(used.getName()) || isOfLibraries(used));
  }

  private static boolean isOfLibraries(JavaClass type) {
    return LIBRARIES.contains(type.getPackageName());
  }

  private static Set<JavaClass> uses(JavaClass type) {
    Set<JavaClass> used = new HashSet<>();
    type.getDirectDependenciesFromSelf()
        .forEach(dependency -> used.add(dependency.getTargetClass().getBaseComponentType()));
    used.removeIf(other -> !other.getName().startsWith(BASE));
    return used;
  }

  /** A class and all that it comes to, by way of classes that meet a condition. */
  private static Set<JavaClass> reached(JavaClass from, Predicate<JavaClass> way) {
    Set<JavaClass> seen = new HashSet<>(Set.of(from));
    Deque<JavaClass> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (JavaClass used : uses(open.pop())) {
        if (way.test(used) && seen.add(used)) {
          open.push(used);
        }
      }
    }
    return seen;
  }

  private static boolean ofTests(JavaClass type) {
    return type.getSource().orElseThrow().getUri().toString().contains("/test-classes/");
  }

  private static String room(JavaClass type) {
    return type.getName().substring(BASE.length()).split("\\.")[0];
  }

  private static boolean runsInBoth(JavaClass type) {
    return ofTests(type)
        && type.getSimpleName().endsWith("Test")
        && !type.isAnnotatedWith(OneRound.class);
  }

  @Test
  void theNamesHereAreOfTheProgram() {
    assertThat(ALL.stream().map(JavaClass::getName)).containsAll(CHOICES);
    assertThat(ALL.stream().map(JavaClass::getPackageName)).containsAll(LIBRARIES);
  }

  @Test
  void noTestOfOneRoundChoosesABackend() {
    List<JavaClass> tests =
        ALL.stream().filter(type -> type.isAnnotatedWith(OneRound.class)).toList();
    assertThat(tests).isNotEmpty();
    for (JavaClass test : tests) {
      assertThat(reached(test, TestRoundsTest::ofTests).stream().filter(TestRoundsTest::chooses))
          .as("where %s chooses a backend", test.getSimpleName())
          .isEmpty();
    }
  }

  /** Else the class itself is for one round. */
  @Test
  void aClassWithTestsOfOneRoundHasOthers() {
    List<JavaClass> mixed =
        ALL.stream()
            .filter(type -> type.getMethods().stream().anyMatch(TestRoundsTest::isOfOneRound))
            .toList();
    assertThat(mixed)
        .isNotEmpty()
        .allMatch(TestRoundsTest::runsInBoth)
        .allMatch(
            type ->
                type.getMethods().stream()
                    .anyMatch(method -> isTest(method) && !isOfOneRound(method)));
  }

  private static boolean isOfOneRound(JavaMethod method) {
    return method.isAnnotatedWith(OneRound.class);
  }

  private static boolean isTest(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(one -> one.getRawType().getSimpleName().endsWith("Test"));
  }

  /** Implementations are found by the service loader, so nothing reaches them by its code. */
  @Test
  void everyChoiceIsReachedInBothRoundsByTestsOfItsRoom() {
    Set<JavaClass> reached = new HashSet<>();
    ALL.stream()
        .filter(TestRoundsTest::runsInBoth)
        .forEach(test -> reached.addAll(reached(test, part -> room(part).equals(room(test)))));
    List<JavaClass> choosers =
        ALL.stream()
            .filter(type -> !ofTests(type) && !isOfLibraries(type))
            .filter(type -> !type.isAssignableTo("io.dualgrid.backend.Backend") && chooses(type))
            .toList();
    assertThat(choosers).isNotEmpty();
    assertThat(choosers.stream().filter(type -> !reached.contains(type))).isEmpty();
  }
}
