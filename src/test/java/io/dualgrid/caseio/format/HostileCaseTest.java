package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.problem.CaseProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case folders that somebody else has made. */
@OneRound
@DisabledOnOs(OS.WINDOWS)
class HostileCaseTest {
  @TempDir Path parent;

  private CaseFolder made() {
    return CaseFolder.sound(parent);
  }

  private static String told(CaseFolder folder) {
    CaseCheck check = CaseReader.check(folder.folder);
    assertThat(check.gridCase()).isEmpty();
    return String.join("\n", check.errors().stream().map(CaseProblem::toString).toList());
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowedAndItsContentNotShown() throws IOException {
    Path secret = Files.writeString(parent.resolve("secret.csv"), "works,heat,q,sun\nhush,0,0,0\n");
    CaseFolder folder = made().delete("load.csv");
    Files.createSymbolicLink(folder.folder.resolve("load.csv"), secret);
    assertThat(told(folder))
        .contains("load.csv")
        .contains("it is a link that leads out of the folder")
        .doesNotContain("hush");
  }

  @Test
  void aCaseOfMoreNodesThanAnyFeederHasIsRefusedBeforeItFillsTheMemory() {
    CaseFolder folder = made();
    folder.write("case.json", "{\"nodes\": [" + "{}, ".repeat(2_100_000) + "{}]}");
    assertThat(told(folder))
        .contains("case.json: has more than 4000000 values and brackets, or is nested too");
    folder.write("case.json", "[".repeat(100_000));
    assertThat(told(folder))
        .contains("case.json: has more than 4000000 values and brackets, or is nested too");
  }

  @Test
  void aCaseOfMoreNodesThanAreReadIsRefusedBeforeTheyAreLookedAt() {
    CaseFolder folder = made();
    folder.write("case.json", "{\"nodes\": [" + "{}, ".repeat(50_000) + "{}]}");
    assertThat(CaseReader.check(folder.folder).errors())
        .singleElement()
        .hasToString(
            "case.json: nodes = 50001: is more than 50000, the most that is read; split the feeder"
                + " where it branches, or leave out its far ends");
  }

  /** A million faults would take a gigabyte to tell. */
  @Test
  void ofMoreFaultsThanAnybodyReadsTheFirstAreTold() {
    CaseFolder folder = made();
    folder.write(
        "case.json",
        "{\"nodes\": [{\"devices\": [" + "1, ".repeat(200_000) + "1]}], \"lines\": []}");
    assertThat(CaseReader.check(folder.folder).errors()).hasSize(10_000);
    StringBuilder keys = new StringBuilder("{");
    for (int k = 0; k < 200_000; k++) {
      keys.append("\"k").append(k).append("\": 1, ");
    }
    folder.write("case.json", keys + "\"nodes\": []}");
    assertThat(CaseReader.check(folder.folder).errors()).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-999999999999", "1e99999999999", "-1E+2147483648"})
  void aNumberThatNoReaderHoldsIsRefused(String number) {
    CaseFolder folder = made();
    folder.write("case.json", "{\"formatVersion\": " + number + "}");
    assertThat(told(folder)).contains("case.json: has a number beyond all that can be read");
  }

  @ParameterizedTest
  @Timeout(10)
  @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e2000000000"})
  void aNumberOfAThousandMillionDigitsIsNotWrittenOut(String number) {
    CaseFolder folder = made();
    folder.write(
        "case.json",
        "{\"formatVersion\": %s, \"nodes\": [{\"id\": %s}], \"limits\": {\"profileRows\": %s}}"
            .formatted(number, number, number));
    assertThat(CaseReader.check(folder.folder).errors()).isNotEmpty();
  }

  @Test
  void aLinkWithinTheFolderIsFollowed() throws IOException {
    CaseFolder folder = made();
    Files.move(folder.folder.resolve("load.csv"), folder.folder.resolve("real.csv"));
    Files.createSymbolicLink(folder.folder.resolve("load.csv"), Path.of("real.csv"));
    assertThat(CaseReader.check(folder.folder).errors()).isEmpty();
  }

  @Test
  @Timeout(20)
  void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
    CaseFolder folder = made().delete("load.csv");
    Process mkfifo =
        new ProcessBuilder("mkfifo", folder.folder.resolve("load.csv").toString()).start();
    assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(told(folder)).contains("load.csv").contains("it is no regular file");
  }

  @Test
  void controlCharactersInNamesAreRefusedAndNotShown() {
    String red = "\u001b[31mred\u0007\u202e";
    String told =
        told(
            made()
                .edit(
                    json -> {
                      json.put("name", red);
                      CaseFolder.at(json, "/nodes/0").put("name", red);
                    }));
    assertThat(told)
        .contains("case.json: name = ")
        .contains("node 7: name = ")
        .contains("has a control character")
        .doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @Test
  void namesOfAThousandCharactersAreTheLongest() {
    String name = "x".repeat(1000);
    made().edit(json -> CaseFolder.at(json, "/nodes/0").put("name", name));
    assertThat(told(made().edit(json -> CaseFolder.at(json, "/nodes/0").put("name", name + "x"))))
        .contains("node 7: name = xxx", "…: has 1001 characters; write 1000 at most")
        .hasSizeLessThan(400);
  }

  @Test
  void controlCharactersOfColumnsAreNotShown() {
    String told = told(made().replace("load.csv", "works", "wo\u001b]0 title\u0007rks"));
    assertThat(told).contains("there is no such column").doesNotContain("\u001b", "\u0007");
  }

  @Test
  void aTableWithTooManyRowsOrColumnsIsRefused() {
    String rows = "works,heat,q,sun\n" + "1,1,1,1\n".repeat(200_001);
    assertThat(told(made().write("load.csv", rows))).contains("load.csv: row 200001: the table is");
    String wide = String.join(",", Collections.nCopies(10_001, "a")) + "\n";
    assertThat(told(made().write("load.csv", wide))).contains("load.csv: row 1: the table is");
  }

  @Test
  void deepJsonEndsInAMessage() {
    String deep = "[".repeat(100_000);
    assertThat(told(made().write("case.json", deep)))
        .contains("case.json")
        .contains("nested too deeply");
  }
}
