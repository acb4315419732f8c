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

/** Studies, and the processes that share them, each with its output in a file of its name. */
final class StudyProcesses implements AutoCloseable {
  private final Path folder;
  private final List<Process> processes = new ArrayList<>();

  StudyProcesses(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a study of four days.
   *
   * @param name of its file
   * @param chains of days
   */
  Path study(String name, int seed, int chains) throws IOException {
    Path gridCase = Path.of("..", "examples", "studies", "6-bus-stores").toAbsolutePath();
    return Files.writeString(
        folder.resolve(name),
        "formatVersion: 1\nname: shared\ncase: "
            + gridCase.normalize()
            + "\nsteps: 12\ndays: {count: 4, lookAheadHours: 6, carryStorage: true}\nseed: "
            + seed
            + "\nkeep: {dispatch: true}\nscenarios:\n  - {name: drawn, repetitions: "
            + chains
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
  Process lead(String name, Machines machines, Path file, Path out) throws IOException {
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
  Process help(String name, Machines machines, int machine, Path file) throws IOException {
    return start(
        name, file.toString(), "--cluster", machines.fileOf(machine).toString(), "--threads=1");
  }

  /** What a process has said. */
  Path output(String name) {
    return folder.resolve(name + ".txt");
  }

  /** Waits until a process has said something. */
  void awaitText(String name, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Machines.PATIENCE_SECONDS);
    while (!Files.readString(output(name)).contains(text)) {
      assertThat(System.nanoTime()).as(Files.readString(output(name))).isLessThan(end);
      Thread.sleep(50);
    }
  }

  /** Waits until so many chains are kept. */
  static void awaitChains(Path out, int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Machines.PATIENCE_SECONDS);
    while (chains(out) < count) {
      assertThat(System.nanoTime()).as("chains of " + count).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** How many are kept. */
  static long chains(Path out) throws IOException {
    if (!Files.isDirectory(out.resolve("days"))) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(out.resolve("days"))) {
      return files.filter(file -> file.endsWith("days.csv")).count();
    }
  }

  /** The process has ended well. */
  void requireEnd(Process process, String name) throws Exception {
    assertThat(process.waitFor(Machines.PATIENCE_SECONDS, TimeUnit.SECONDS)).as(name).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output(name))).isZero();
  }

  /** Byte for byte, one character each. */
  static Map<String, String> contents(Path out) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            out.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** What the study comes to in this process. */
  Map<String, String> byOneProcess(Path file) throws IOException {
    Study study = StudyFile.read(file);
    Path out = folder.resolve("alone");
    StudyRun.run(study, StudyFolder.open(out, study), 2, new StudyObserver() {});
    return contents(out);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
