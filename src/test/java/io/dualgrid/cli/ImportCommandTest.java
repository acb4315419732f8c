package io.dualgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CaseReader;
import io.dualgrid.site.GridCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OneRound
class ImportCommandTest {
  private static final String FEEDER = "examples/ieee33/ieee33.m";
  private static final String DEVICES = "examples/ieee33/devices";

  @TempDir Path temporary;
  private Path target;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void chooseTarget() {
    target = temporary.resolve("district33");
  }

  private int execute(String... arguments) {
    Terminal terminal = Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true));
    return Dualgrid.commandLine(Engine.DISPATCH, terminal).execute(arguments);
  }

  @Test
  void aMatpowerFileWithDevicesFromTablesRunsToConvergence() {
    assertThat(execute("import", FEEDER, "--devices", DEVICES, "--out", target.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("loads are Pd and Qd times the column shape of load_shape.csv")
        .contains("district33: 33 nodes, 32 lines");
    int code = execute("run", target.toString(), "--privacy", "none", "--steps", "12");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("status +converged\\R");
  }

  @Test
  void nameAndSourceAreKept() {
    String name = "case33";
    String source = "Baran and Wu 1989";
    execute("import", FEEDER, "--out", target.toString(), "--name", name, "--source-text", source);
    GridCase made = CaseReader.read(target);
    assertThat(made.name()).isEqualTo(name);
    assertThat(made.source()).isEqualTo(source);
  }

  @Test
  void whatTheModelDoesNotHaveIsLeftOutOnRequest() throws IOException {
    String text = Files.readString(Path.of(FEEDER));
    String linked = text + "\nmpc.dcline = [1 2 1];\n";
    Path file = Files.writeString(temporary.resolve("linked.M"), linked);
    assertThat(execute("import", file.toString(), "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("mpc.dcline: such a part is not supported", "--leave-out");
    assertThat(execute("import", file.toString(), "--out", target.toString(), "--leave-out"))
        .isZero();
    assertThat(out.toString()).contains("mpc.dcline: such a part; left out");
  }

  @ParameterizedTest
  @CsvSource({
    "somewhere, --leave-out, --leave-out is for MATPOWER case files (.m)",
    "somewhere, --devices=tables, --devices is for MATPOWER case files (.m)",
    "a.m, --allow-unknown-keys, '--allow-unknown-keys is for published folders, not for .m and .json files'"
  })
  void optionsOfTheOtherSourceAreRefused(String source, String option, String message) {
    assertThat(execute("import", source, option, "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(target).doesNotExist();
  }
}
