package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.study.Study;
import io.dualgrid.study.StudyFile;
import io.dualgrid.study.StudyFolder;
import io.dualgrid.study.StudyObserver;
import io.dualgrid.study.StudyRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study by three processes, of which one is killed; against the same study by one. */
class StudyClusterTest {
  private static final int CHAINS = 18;
  private static final int BAD_INPUT = 2;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  private Path study(String name, int seed) throws IOException {
    Path gridCase = Path.of("..", "examples", "studies", "6-bus-stores").toAbsolutePath();
    return Files.writeString(
        folder.resolve(name),
        "formatVersion: 1\nname: shared\ncase: "
            + gridCase.normalize()
            + "\nsteps: 12\ndays: {count: 4, lookAheadHours: 6, carryStorage: true}\nseed: "
            + seed
            + "\nkeep: {dispatch: true}\nscenarios:\n  - {name: drawn, repetitions: "
            + CHAINS
            + ", factors: [{of: wind, from: 0, to: 1.5}]}\n");
  }

  private Process start(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.dualgrid.cli.Main");
    command.add("study");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output(name).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** The machine that gives out the chains, on one thread. */
  private Process lead(String name, Machines machines, Path file, Path out) throws IOException {
    return start(
        name,
        file.toString(),
        "--out",
        out.toString(),
        "--cluster",
        machines.fileOf(0).toString(),
        "--threads=1");
  }

  /** Another machine, on one thread. */
  private Process help(String name, Machines machines, int machine, Path file) throws IOException {
    return start(
        name, file.toString(), "--cluster", machines.fileOf(machine).toString(), "--threads=1");
  }

  private Path output(String name) {
    return folder.resolve(name + ".txt");
  }

  private void awaitText(String name, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Machines.PATIENCE_SECONDS);
    while (!Files.readString(output(name)).contains(text)) {
      assertThat(System.nanoTime()).as(Files.readString(output(name))).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static void awaitChains(Path out, int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Machines.PATIENCE_SECONDS);
    while (chains(out) < count) {
      assertThat(System.nanoTime()).as("chains of " + count).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static long chains(Path out) throws IOException {
    if (!Files.isDirectory(out.resolve("days"))) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(out.resolve("days"))) {
      return files.filter(file -> file.endsWith("days.csv")).count();
    }
  }

  /** The process has ended well. */
  private void requireEnd(Process process, String name) throws Exception {
    assertThat(process.waitFor(Machines.PATIENCE_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output(name))).isZero();
  }

  /** Byte for byte, one character each. */
  private static Map<String, String> contents(Path out) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            out.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private Map<String, String> byOneProcess(Path file) throws IOException {
    Study study = StudyFile.read(file);
    Path out = folder.resolve("alone");
    StudyRun.run(study, StudyFolder.open(out, study), 2, new StudyObserver() {});
    return contents(out);
  }

  @Test
  void losingAMachineCostsItsChainsAndNothingElse() throws Exception {
    Machines machines = new Machines(folder, 3);
    Path file = study("study.yaml", 5);
    Path out = folder.resolve("out");
    Process killed = help("second", machines, 1, file);
    Process other = help("third", machines, 2, file);
    awaitText("second", "waiting for");
    awaitText("third", "waiting for");
    Process first = lead("first", machines, file, out);
    awaitText("second", "running chains");
    awaitText("third", "running chains");
    awaitChains(out, 3);
    killed.destroyForcibly().waitFor();
    assertThat(chains(out)).as("chains before the end").isLessThan(CHAINS);
    requireEnd(first, "first");
    requireEnd(other, "third");
    assertThat(Files.readString(output("first"))).contains("72 of 72");
    assertThat(contents(out)).isEqualTo(byOneProcess(file));
  }

  @Test
  void losingTheFirstMachineIsWaitedForAndGoneOnFrom() throws Exception {
    Machines machines = new Machines(folder, 2);
    Path file = study("study.yaml", 6);
    Path out = folder.resolve("out");
    Process first = lead("first", machines, file, out);
    Process second = help("second", machines, 1, file);
    awaitText("second", "running chains");
    awaitChains(out, 4);
    first.destroyForcibly().waitFor();
    awaitText("second", "lost");
    Process again = lead("again", machines, file, out);
    requireEnd(again, "again");
    assertThat(Files.readString(output("again"))).contains("days are there already");
    assertThat(contents(out)).isEqualTo(byOneProcess(file));
  }

  @Test
  void aMachineWithAnotherStudyIsToldSo() throws Exception {
    Machines machines = new Machines(folder, 2);
    Path file = study("study.yaml", 7);
    Process first = lead("first", machines, file, folder.resolve("out"));
    Process second = help("second", machines, 1, study("other.yaml", 8));
    assertThat(second.waitFor(Machines.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(BAD_INPUT);
    assertThat(Files.readString(output("second"))).contains("runs another study");
    requireEnd(first, "first");
  }
}
