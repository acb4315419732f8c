package io.dualgrid.caseio.matpower.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.Samples;
import io.dualgrid.problem.CaseProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Formulas are drawn as trees, evaluated as trees, and written with no more parentheses than
 * MATLAB's precedence asks for: powers, then signs, then products, then sums, each from the left.
 */
@OneRound
class ArithmeticPropertyTest {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int SIGN = 3;
  private static final int POWER = 4;
  private static final int NUMBER = 5;

  private record Formula(String text, int precedence, double value) {
    /** As an operand of an operator that binds so closely. */
    String operand(int least) {
      return precedence < least ? "(" + text + ")" : text;
    }
  }

  private static Formula draw(Random random, int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      double value = random.nextInt(100) / 8.0;
      return new Formula(Double.toString(value), NUMBER, value);
    }
    Formula left = draw(random, depth - 1);
    switch (random.nextInt(6)) {
      case 0:
        return new Formula("-" + left.operand(POWER), SIGN, -left.value);
      case 1:
        int exponent = random.nextInt(4);
        return new Formula(
            left.operand(POWER) + "^" + exponent, POWER, Math.pow(left.value, exponent));
      default:
        return join(random, left, draw(random, depth - 1));
    }
  }

  private static Formula join(Random random, Formula left, Formula right) {
    char operator = "+-*/".charAt(random.nextInt(4));
    int precedence = operator == '+' || operator == '-' ? SUM : PRODUCT;
    String blank = random.nextBoolean() ? " " : "";
    double value =
        switch (operator) {
          case '+' -> left.value + right.value;
          case '-' -> left.value - right.value;
          case '*' -> left.value * right.value;
          default -> left.value / right.value;
        };
    return new Formula(
        left.operand(precedence) + blank + operator + blank + right.operand(precedence + 1),
        precedence,
        value);
  }

  @Test
  void formulasHaveTheValueOfTheirTrees() {
    int[] compared = {0};
    Samples.hold(
        2000,
        random -> {
          Formula formula = draw(random, 5);
          if (!Double.isFinite(formula.value)) {
            return;
          }
          compared[0]++;
          List<CaseProblem> problems = new ArrayList<>();
          Script script = new Script("case.m", "mpc.x = " + formula.text + ";", problems::add);
          assertThat(problems).as(formula.text).isEmpty();
          // the same operations in the same order, so the same bits
          assertThat(((Value.Matrix) script.field("x")).rows()[0][0])
              .as(formula.text)
              .isEqualTo(formula.value);
        });
    // the others divide by zero
    assertThat(compared[0]).isGreaterThan(1500);
  }
}
