package io.dualgrid.caseio.matpower.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.problem.CaseProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements and arithmetic as MATLAB defines them; expected values worked out by hand. */
@OneRound
class ScriptTest {
  private final List<CaseProblem> problems = new ArrayList<>();

  private Script run(String... lines) {
    return new Script("case.m", String.join("\n", lines), problems::add);
  }

  private double[][] matrix(Script script, String field) {
    assertThat(problems).isEmpty();
    return ((Value.Matrix) script.field(field)).rows();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "50/3 | 16.666666666666668",
        "135/sqrt(3) | 77.94228634059948",
        "-2^2 | -4",
        "2^-1 | 0.5",
        "2^3^2 | 64",
        "1 - 2 - 3 | -4",
        "12/2*3 | 18",
        "3 + 4*.5 | 5",
        "sin(acos(.85)) | 0.5267826876426369",
        "-(1 + 2)/4 | -0.75",
        "1e3*2E-3 | 2",
        "1d3*2D-3 | 2",
        "4./2 | 2",
        "abs(-pi) | 3.141592653589793",
        "- -3 | 3",
      })
  void arithmeticIsThatOfMatlab(String text, double expected) {
    assertThat(matrix(run("mpc.x = " + text + ";"), "x")[0][0]).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"٣", "1٣", "1.٣", ".٣", "1e٣", "[1 ٣]"})
  void digitsOfOtherAlphabetsAreNoNumbers(String text) {
    run("mpc.x = " + text + ";");
    assertThat(problems).isNotEmpty();
  }

  @Test
  void spaceInBracketsSeparatesAndSignsBindAsInMatlab() {
    Script script =
        run("a = 2;", "mpc.x = [ 1 -2, 3 - 1 -a", "50/3 -50/3 (1 + 1) 4*2 % comment", "];");
    assertThat(matrix(script, "x"))
        .isDeepEqualTo(new double[][] {{1, -2, 2, -2}, {50 / 3.0, -50 / 3.0, 2, 8}});
  }

  @Test
  void linesGoOnBehindThreePointsAndRowsKnowTheirLine() {
    Script script = run("mpc.x = [ % kW", "1 2 ... the rest", "3;", "", "% 9 9 9", "4 5 6 ];");
    assertThat(matrix(script, "x")).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(((Value.Matrix) script.field("x")).lines()).containsExactly(2, 6);
  }

  @Test
  void commentsAndTextsKeepTheirMarks() {
    Script script =
        run(
            "%{",
            "mpc.x = 1;",
            "%}",
            "mpc.a = 'it''s 100 % [';",
            "mpc.b = {\"one \"\"two\"\"\"; 'three'};  # comment");
    assertThat(problems).isEmpty();
    assertThat(script.field("x")).isNull();
    assertThat(script.field("a")).isEqualTo(new Value.Text("it's 100 % ["));
    assertThat(script.field("b"))
        .isEqualTo(
            new Value.Cells(
                List.of(List.of(new Value.Text("one \"two\"")), List.of(new Value.Text("three"))),
                List.of(5, 5)));
  }

  /** The block marks of Octave, too; a mark with words behind it is a comment of one line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"#{ | #} | 1", "%{ | %} | 1", "  #{   |  %} | 1", "%{ no block | %} | 2"})
  void blocksOfCommentsAreNoCode(String open, String close, double expected) {
    Script script = run("mpc.x = 1;", open, "mpc.x = 2;", close);
    assertThat(matrix(script, "x")[0][0]).isEqualTo(expected);
  }

  @Test
  void columnsOfZerosFillRows() {
    Script script = run("mpc.x = [1 zeros(1, 2) ones(1, 2)*3; 4 5 6 7 8];", "mpc.y = ones(2);");
    assertThat(matrix(script, "x"))
        .isDeepEqualTo(new double[][] {{1, 0, 0, 3, 3}, {4, 5, 6, 7, 8}});
    assertThat(matrix(script, "y")).isDeepEqualTo(new double[][] {{1, 1}, {1, 1}});
  }

  @Test
  void functionsBehindTheCaseAreNotRun() {
    Script script =
        run("function mpc = feeder", "mpc.x = 1;", "end", "function y = f(x)", "y = x;", "end");
    assertThat(matrix(script, "x")[0][0]).isEqualTo(1);
  }

  /** In MATLAB a value has no fields, and an assignment to the whole leaves none of the parts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mpc.y.z = 5;",
        "mpc.y.z(1) = 5;",
        "t = 'text'; t.z = 5;",
        "mpc = 5; mpc.y = 6;",
        "[mpc, PV] = idx_bus; mpc.y = 6;",
      })
  void aValueHasNoFields(String text) {
    run("mpc.y = 3;", text);
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.place()).isEqualTo("row 2"));
  }

  @Test
  void whatIsAssignedLastReplacesFields() {
    Script script = run("mpc.y.z = 1;", "mpc.y.w.v = 1;", "mpc.y = 2;", "q.z = 1; q = 3;");
    assertThat(matrix(script, "y")[0][0]).isEqualTo(2);
    assertThat(script.hasFields("y")).isFalse();
    Script emptied = run("mpc.y = 3; mpc.z = 4;", "mpc = [];", "mpc.x.w = 1;");
    assertThat(problems).isEmpty();
    assertThat(emptied.fields()).containsExactly("x");
    assertThat(emptied.hasFields("x")).isTrue();
  }

  /** Whose statements go on behind it, so that what stands there must not be passed over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "function inner|end|mpc.x = 2;|end",
        "function inner|if 1|end|end|mpc.x = 2;|end",
        "function y = inner(x)|y = x(end);|end|mpc.x = 2;|end",
      })
  void aFunctionInsideTheFunctionIsRefused(String lines) {
    run(("function mpc = feeder|mpc.x = 1;|" + lines).split("\\|"));
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.place()).isEqualTo("row 3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function y = f(x)|if x|y = x(end);|else|y = 1;|end",
        "end|function f(~, x)|disp(x)|end|function g|end",
        "function [a, ~] = f(x)|for k = 1:3, a = {x{end}}; end|function g()|return",
      })
  void furtherFunctionsOfAnyKindAreNotRun(String lines) {
    Script script = run(("function mpc = feeder|mpc.x = 1;|" + lines).split("\\|"));
    assertThat(matrix(script, "x")[0][0]).isEqualTo(1);
  }

  /** A function of the file goes before one of MATLAB. */
  @ParameterizedTest
  @ValueSource(strings = {"sqrt", "pi", "zeros", "idx_bus", "define_constants"})
  void aFunctionOfTheFileTakesNoPlaceOfOneOfMatlab(String name) {
    run("function mpc = feeder", "mpc.x = 1;", "end", "function y = " + name + "(x)", "y = 7;");
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.place()).isEqualTo("row 4"));
  }

  @Test
  void aFunctionInsideAScriptIsRefused() {
    run("mpc.x = 1;", "function mpc = other", "mpc.x = 2;", "end");
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.place()).isEqualTo("row 2"));
  }

  /** Small files that ask for more memory or time than there is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = zeros(1, 1e6);|mpc.x = [a a a a a a a a a a a a a a a a a a a a a a a a];",
        "a = zeros(1, 1e6);|mpc.x = [a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a;a];",
        "a = zeros(1, 1e6);|mpc.x = a(ones(1, 1e6), :);",
        "a = zeros(1e3, 1e3);|a(ones(1, 1e6), ones(1, 1e6)) = 2;",
        "mpc.x = zeros(1e9, 0);",
        "mpc.x = zeros(1e6, 1e6);",
        "mpc.x = -zeros(-1, 2);",
      })
  void moreThanAnyFeederNeedsIsRefused(String lines) {
    run(lines.split("\\|"));
    assertThat(problems).isNotEmpty();
  }

  @Test
  void aFileThatIsNoScriptIsNotToldToItsEnd() {
    run("no script\n".repeat(100_000));
    assertThat(problems).hasSizeBetween(1, 1001);
  }

  /** What is shown of a line is the line, however lines end and however many there are. */
  @Test
  void aLineIsToldAsItStandsInAFileOfManyLines() {
    run("% c\r\n".repeat(300_000) + "% d\r\n\r%\n  no script % here \r\n");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).place()).isEqualTo("row 300004");
    assertThat(problems.get(0).value()).contains("no script");
    run("x = [1 2; 3];\rmpc.y = [1\r2 3\r4 5];\r");
    assertThat(problems).extracting(CaseProblem::value).contains("x = [1 2; 3];", "mpc.y = [1");
  }

  @Test
  void manySmallChangesOfALargeMatrixEnd() {
    run("a = zeros(1e3, 1e3);\n" + "a(1, 1) = 2;\n".repeat(10_000));
    assertThat(problems)
        .extracting(CaseProblem::message)
        .contains("computes with more numbers than any feeder has");
  }

  @Test
  void sumsOfManyTermsAreNoMatterOfTheStack() {
    assertThat(matrix(run("mpc.x = 1" + " + 1".repeat(100_000) + ";"), "x")[0][0])
        .isEqualTo(100_001);
  }

  @Test
  void statementsRunInTheirOrder() {
    Script script =
        run(
            "function s = feeder",
            "s.baseMVA = 10;",
            "s.bus = [1 1000 500; 2 300 200];",
            "[A, PD, QD] = idx_bus;",
            "s.bus(:, [PD, QD]) = s.bus(:, [PD, QD]) / 1e3;",
            "s.bus(:, [PD, QD]) = s.bus(:, [PD, QD]) / s.baseMVA;",
            "s.baseMVA = 100;",
            "s.bus(end, 1) = 7;");
    assertThat(matrix(script, "bus"))
        .isDeepEqualTo(new double[][] {{1, 0.1, 0.05}, {7, 0.03, 0.02}});
    assertThat(matrix(script, "baseMVA")[0][0]).isEqualTo(100);
  }

  @Test
  void columnsMultiplyElementByElement() {
    Script script =
        run(
            "define_constants",
            "pf = 0.85;",
            "mpc.bus = [1 1 10 2; 2 1 20 4];",
            "mpc.bus(:, QD) = mpc.bus(:, PD) .* mpc.bus(:, QD) * pf;");
    assertThat(matrix(script, "bus")[0][3]).isCloseTo(17, within(1e-12));
    assertThat(matrix(script, "bus")[1][3]).isCloseTo(68, within(1e-12));
  }

  /** Nothing but arithmetic is run, and nothing is passed over in silence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mpc.x = system('ls');",
        "mpc = loadcase('other');",
        "for k = 1:3, mpc.x(k) = 0; end",
        "if 1, mpc.x = 2; end",
        "mpc.x = [1 2; 3 4] * [1 2; 3 4];",
        "mpc.x = 1:1e9;",
        "mpc.x = [1 2](3);",
        "mpc.x = y;",
        "mpc.x = 12 kW;",
        "mpc.x = 'open",
        "mpc.x = [1 2",
        "eval('mpc.x = 1')",
        "[a, b] = deal(1, 2);",
        "mpc.x = @(t) t;",
        "mpc.x = 1 == 1;",
        "mpc.x += 1;",
      })
  void whatCannotBeFollowedIsRefusedWithItsRow(String text) {
    run("mpc.y = 3;", text);
    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.place()).isEqualTo("row 2"))
        .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1 0.0.057]",
        "[1 2i]",
        "[3j 1]",
        "[1e 2]",
        "[1 2(3)]",
        "[(1)(2)]",
        "[i.5]",
        "{'a' 'b'\"c\"}",
      })
  void whatSticksTogetherIsNotTwoElements(String text) {
    run("i = 1; j = 1; e = 1;", "mpc.x = " + text + ";");
    assertThat(problems).singleElement().satisfies(p -> assertThat(p.place()).isEqualTo("row 2"));
  }

  @Test
  void matricesInBracketsMayFollowEachOtherWithoutSpace() {
    assertThat(matrix(run("mpc.x = [[1 2][3 4]];"), "x"))
        .isDeepEqualTo(new double[][] {{1, 2, 3, 4}});
  }

  @Test
  void oneFaultOfManyElementsIsToldOnce() {
    run("a = 'one';", "mpc.x = [a a a];");
    assertThat(problems).hasSize(1);
  }

  @Test
  void codeBehindTheFunctionIsRefused() {
    run("function mpc = feeder", "mpc.x = 1;", "end", "mpc.x = 2;");
    assertThat(problems).extracting(CaseProblem::place).containsExactly("row 4");
  }

  @Test
  void deepNestingEndsInAMessage() {
    run("mpc.x = " + "(".repeat(50_000) + "1" + ")".repeat(50_000) + ";");
    assertThat(problems).extracting(CaseProblem::message).containsExactly("is nested too deeply");
  }

  /** Random words in random order end in problems or values, never in another exception. */
  @Test
  void anyWordsAreReadOrRefused() {
    String[] words = {
      "mpc",
      ".",
      "bus",
      "=",
      "[",
      "]",
      "(",
      ")",
      "{",
      "}",
      ";",
      ",",
      "\n",
      " ",
      "1",
      "2.5e3",
      "-",
      "+",
      "*",
      "./",
      "^",
      ":",
      "end",
      "'",
      "\"",
      "...",
      "%",
      "%{",
      "function",
      "idx_bus",
      "sqrt",
      "pi",
      "\u0000",
      "é",
      "~",
      "@",
      "1e",
      ".."
    };
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder("mpc.bus = [1 2; 3 4];\n");
      for (int k = random.nextInt(30); k >= 0; k--) {
        text.append(words[random.nextInt(words.length)]);
      }
      run(text.toString());
    }
  }
}
