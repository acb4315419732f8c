package io.dualgrid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study by three processes, of which one is killed; against the same study by one. */
class StudyClusterTest {
  private static final int CHAINS = 18;
  private static final int BAD_INPUT = 2;

  @TempDir private Path folder;
  private StudyProcesses studies;

  @BeforeEach
  void begin() {
    studies = new StudyProcesses(folder);
  }

  @AfterEach
  void end() {
    studies.close();
  }

  @Test
  void losingAMachineCostsItsChainsAndNothingElse() throws Exception {
    Machines machines = new Machines(folder, 3);
    Path file = studies.study("study.yaml", 5, CHAINS);
    Path out = folder.resolve("out");
    Process killed = studies.help("second", machines, 1, file);
    Process other = studies.help("third", machines, 2, file);
    studies.awaitText("second", "waiting for");
    studies.awaitText("third", "waiting for");
    Process first = studies.lead("first", machines, file, out);
    studies.awaitText("second", "running chains");
    studies.awaitText("third", "running chains");
    StudyProcesses.awaitChains(out, 3);
    killed.destroyForcibly().waitFor();
    assertThat(StudyProcesses.chains(out)).as("chains before the end").isLessThan(CHAINS);
    studies.requireEnd(first, "first");
    studies.requireEnd(other, "third");
    assertThat(Files.readString(studies.output("first"))).contains("72 of 72");
    assertThat(StudyProcesses.contents(out)).isEqualTo(studies.byOneProcess(file));
  }

  @Test
  void losingTheFirstMachineIsWaitedForAndGoneOnFrom() throws Exception {
    Machines machines = new Machines(folder, 2);
    Path file = studies.study("study.yaml", 6, CHAINS);
    Path out = folder.resolve("out");
    Process first = studies.lead("first", machines, file, out);
    Process second = studies.help("second", machines, 1, file);
    studies.awaitText("second", "running chains");
    StudyProcesses.awaitChains(out, 4);
    first.destroyForcibly().waitFor();
    studies.awaitText("second", "lost");
    Process again = studies.lead("again", machines, file, out);
    studies.requireEnd(again, "again");
    assertThat(Files.readString(studies.output("again"))).contains("days are there already");
    assertThat(StudyProcesses.contents(out)).isEqualTo(studies.byOneProcess(file));
  }

  @Test
  void aMachineWithAnotherStudyIsToldSo() throws Exception {
    Machines machines = new Machines(folder, 2);
    Path file = studies.study("study.yaml", 7, CHAINS);
    Process first = studies.lead("first", machines, file, folder.resolve("out"));
    Process second = studies.help("second", machines, 1, studies.study("other.yaml", 8, CHAINS));
    assertThat(second.waitFor(Machines.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(BAD_INPUT);
    assertThat(Files.readString(studies.output("second"))).contains("runs another study");
    studies.requireEnd(first, "first");
  }
}
