package io.dualgrid.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dualgrid.qp.dense.jna.NativeDenseSolverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  static final class Nothing {}

  private static LoadedLibrary<Nothing> load(String name) {
    return NativeLibraries.tryLoad(name, new Nothing(), 1, library -> "1", library -> {});
  }

  @Test
  void missingLibraryKeepsTheReasonAndTheWayOut() {
    assumeFalse(NativeLibraries.switchedOff());
    LoadedLibrary<Nothing> outcome = load("nosuchthing");
    assertThat(outcome.available()).isFalse();
    assertThat(outcome.status().failure())
        .contains("dualgrid_nosuchthing", "class path", "scripts/build-native");
    assertThatThrownBy(outcome::functions)
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("nosuchthing is missing")
        .hasMessageContaining("scripts/build-native");
  }

  @Test
  void switchTurnsEveryLibraryOff() {
    String before = System.setProperty(NativeLibraries.SWITCH_PROPERTY, "off");
    try {
      assertThat(load("osqp").status().failure())
          .isEqualTo("switched off by -Ddualgrid.natives=off");
    } finally {
      restore(NativeLibraries.SWITCH_PROPERTY, before);
    }
  }

  @Test
  void namedDirectoryIsTheOnlyPlaceLookedIn(@TempDir Path empty) {
    assumeFalse(NativeLibraries.switchedOff());
    String failure = loadFrom(empty, "osqp").status().failure();
    assertThat(failure).contains(empty.toString(), "-Ddualgrid.native.dir");
  }

  @Test
  void fileThatIsNoLibraryIsAFailureWithItsCause(@TempDir Path directory) throws IOException {
    assumeFalse(NativeLibraries.switchedOff());
    Path file = directory.resolve(System.mapLibraryName("dualgrid_broken"));
    Files.writeString(file, "not a library");
    LoadedLibrary<Nothing> outcome = loadFrom(directory, "broken");
    assertThat(outcome.status().failure()).startsWith("UnsatisfiedLinkError: ").hasLineCount(1);
    assertThatThrownBy(outcome::functions).hasCauseInstanceOf(UnsatisfiedLinkError.class);
  }

  @Test
  void outcomeIsKept() {
    LoadedLibrary<Nothing> first = loadOnce();
    assertThat(loadOnce()).isSameAs(first);
  }

  @Test
  void aFolderWhereNothingRunsIsToldWithItsWayOut() {
    assertThat(
            NativeLibraries.wayOut(
                new UnsatisfiedLinkError(
                    "/tmp/x.so: failed to map segment from shared object\nagain: the same")))
        .contains("nothing may be executed", "-Djava.io.tmpdir");
    assertThat(NativeLibraries.wayOut(new UnsatisfiedLinkError("not a library"))).isEmpty();
    assertThat(NativeLibraries.wayOut(new UnsatisfiedLinkError())).isEmpty();
  }

  private static final int DENSE_ABI_VERSION = 4; // as in native/dense/dualgrid_dense.h

  static final class Lacking {
    native int dualgrid_dense_nosuchfunction();
  }

  @Test
  void aFunctionThatALibraryLacksIsToldAsItIsLoaded() {
    assumeTrue(new NativeDenseSolverFactory().status().available(), "no dualgrid_dense");
    LoadedLibrary<Lacking> outcome =
        NativeLibraries.tryLoad(
            "dense", new Lacking(), DENSE_ABI_VERSION, library -> "2", library -> {});
    assertThat(outcome.status().failure())
        .contains("dualgrid_dense_nosuchfunction", "build it anew with scripts/build-native");
  }

  private static LoadedLibrary<Nothing> loadOnce() {
    return NativeLibraries.load("once", new Nothing(), 1, library -> "1", library -> {});
  }

  private static LoadedLibrary<Nothing> loadFrom(Path directory, String name) {
    String before = System.setProperty(NativeLibraries.DIRECTORY_PROPERTY, directory.toString());
    try {
      return load(name);
    } finally {
      restore(NativeLibraries.DIRECTORY_PROPERTY, before);
    }
  }

  private static void restore(String property, String before) {
    if (before == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, before);
    }
  }
}
