package io.dualgrid.caseio.matpower.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.problem.CaseProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each statement of the list has the value that Octave gives it, or is refused with its row. */
@OneRound
class MatlabStatementsTest {
  private static final List<String> BEFORE =
      List.of(
          "mpc.m = [1 2 3; 4 5 6; 7 8 9];",
          "mpc.r = [10 20 30];",
          "mpc.c = [5; 6; 7];",
          "a = 2; b = 3;");

  static Stream<String> statements() {
    try (var in = MatlabStatementsTest.class.getResourceAsStream("/matlab/statements.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void areThoseOfOctaveOrRefused(String line) {
    String[] parts = line.split(" ==> ");
    String text = parts[0].replace("\\n", "\n");
    List<CaseProblem> problems = new ArrayList<>();
    Script script = new Script("case.m", String.join("\n", BEFORE) + "\n" + text, problems::add);
    if (parts[1].equals("refused")) {
      long last = BEFORE.size() + text.lines().count();
      assertThat(problems).isNotEmpty();
      assertThat(Integer.parseInt(problems.get(0).place().replace("row ", "")))
          .isBetween(BEFORE.size() + 1, (int) last);
      return;
    }
    assertThat(problems).isEmpty();
    double[][] rows = ((Value.Matrix) script.field("x")).rows();
    double[][] expected =
        Arrays.stream(parts[1].replaceAll("[\\[\\]]", "").split(";"))
            .map(row -> Arrays.stream(row.split(" ")).mapToDouble(this::number).toArray())
            .toArray(double[][]::new);
    assertThat(rows).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        // Octave prints seventeen digits; ranges may be rounded otherwise, by a unit or two
        double tolerance = 4 * Math.ulp(expected[i][j]);
        if (Double.isInfinite(expected[i][j])) {
          assertThat(rows[i][j]).isEqualTo(expected[i][j]);
        } else {
          assertThat(rows[i][j]).isCloseTo(expected[i][j], within(tolerance));
        }
      }
    }
  }

  private double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }
}
