package io.dualgrid.caseio.matpower.script;

import java.util.List;

/** An expression of a script. */
sealed interface Expression {
  /** The line it starts on. */
  int line();

  /** A number as it stands. */
  record Number(int line, double value) implements Expression {}

  /** A text. */
  record Text(int line, String value) implements Expression {}

  /** A variable, a field of one (mpc.bus), or a function; the parts are joined by points. */
  record Name(int line, String path) implements Expression {}

  /** An element, a part of a matrix, or the value of a function. */
  record Call(int line, String path, List<Expression> arguments) implements Expression {}

  /** The colon that stands for all rows or columns. */
  record All(int line) implements Expression {}

  /** The last row or column, inside an index. */
  record Last(int line) implements Expression {}

  /** A sign. */
  record Signed(int line, boolean minus, Expression operand) implements Expression {}

  /** Rows as columns: x' or x.' of real numbers. */
  record Transposed(int line, Expression operand) implements Expression {}

  /** Two operands and one of + - * / ^ .* ./ .^ */
  record Operation(int line, String operator, Expression left, Expression right)
      implements Expression {}

  /** first:step:last; the step is null where it is 1. */
  record Range(int line, Expression first, Expression step, Expression last)
      implements Expression {}

  /** Rows of elements in brackets. */
  record Matrix(int line, List<List<Expression>> rows) implements Expression {}

  /** Rows of elements in braces. */
  record Cells(int line, List<List<Expression>> rows) implements Expression {}
}
