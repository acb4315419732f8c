package io.dualgrid.caseio.matpower.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads statements out of words. Precedence as in MATLAB: power before sign before product before
 * sum before range. A statement that cannot be understood becomes {@link Statement.Refused}, and
 * reading goes on behind it.
 */
final class Parser {
  /** Deeper than any formula, and far from the end of the stack. */
  private static final int DEEPEST = 100;

  private static final String NOT_UNDERSTOOD = "is a statement that is not understood";

  private final List<Token> tokens;
  private int at;
  private int depth;
  private boolean inMatrix;

  Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    while (skipSeparators()) {
      int start = at;
      try {
        Statement statement = statement();
        if (!isSeparator(token())) {
          throw refused(tokens.get(start), NOT_UNDERSTOOD);
        }
        statements.add(statement);
      } catch (ScriptException e) {
        statements.add(refusal(start, e));
      }
      inMatrix = false;
      depth = 0;
    }
    return statements;
  }

  /** Goes to the end of a statement, and shows it as it stands. */
  private Statement refusal(int start, ScriptException e) {
    at = start;
    StringBuilder text = new StringBuilder();
    int open = 0;
    while (token().kind() != Token.Kind.END && (open > 0 || !isSeparator(token()))) {
      Token token = token();
      open += token.is("(") || token.is("[") || token.is("{") ? 1 : 0;
      open -= token.is(")") || token.is("]") || token.is("}") ? 1 : 0;
      text.append(token.spaceBefore() ? " " : "");
      text.append(token.kind() == Token.Kind.TEXT ? "'" + token.text() + "'" : token.text());
      at++;
    }
    String shown = e.value().isEmpty() ? text.toString().strip() : e.value();
    return new Statement.Refused(e.line(), shown, e.getMessage(), e.remedy());
  }

  private Statement statement() {
    Token first = token();
    if (first.kind() == Token.Kind.NAME) {
      switch (first.text()) {
        case "function":
          return function();
        case "return":
          at++;
          return new Statement.Return(first.line());
        case "end":
        case "endfunction":
          at++;
          return new Statement.Return(first.line());
        case "define_constants":
          at++;
          return new Statement.AllConstants(first.line());
        default:
          return assignment();
      }
    }
    if (first.is("[")) {
      return constants();
    }
    throw refused(first, NOT_UNDERSTOOD);
  }

  private Statement function() {
    int line = next().line();
    List<String> outputs = new ArrayList<>();
    if (token().is("[")) {
      at++;
      outputs = outputs();
      expect("=");
    } else if (tokens.get(at + 1).is("=")) {
      outputs.add(name());
      at++;
    }
    String name = name();
    if (token().is("(")) {
      skipInputs();
    }
    return new Statement.Function(line, outputs, name);
  }

  private List<String> outputs() {
    List<String> outputs = new ArrayList<>();
    while (!token().is("]")) {
      Token token = next();
      if (token.kind() == Token.Kind.NAME) {
        outputs.add(token.text());
      } else if (token.is("~")) {
        outputs.add("");
      } else if (!token.is(",")) {
        throw refused(token, NOT_UNDERSTOOD);
      }
    }
    at++;
    return outputs;
  }

  /** A case is made without any; those of further functions do not matter. */
  private void skipInputs() {
    while (!token().is(")")) {
      Token token = next();
      if (token.kind() == Token.Kind.NEWLINE) {
        throw refused(token, NOT_UNDERSTOOD);
      }
    }
    at++;
  }

  private Statement constants() {
    int line = next().line();
    List<String> names = outputs();
    expect("=");
    return new Statement.Constants(line, names, name());
  }

  private Statement assignment() {
    int line = token().line();
    String path = path();
    List<Expression> index = null;
    if (token().is("(")) {
      index = arguments();
    }
    if (!token().is("=")) {
      throw new ScriptException(line, "", NOT_UNDERSTOOD);
    }
    at++;
    return new Statement.Assignment(line, path, index, expression());
  }

  private Expression expression() {
    if (++depth > DEEPEST) {
      throw new ScriptException(token().line(), "", "is nested too deeply");
    }
    Expression first = sum();
    if (token().is(":")) {
      at++;
      Expression second = sum();
      if (token().is(":")) {
        at++;
        first = new Expression.Range(first.line(), first, second, sum());
      } else {
        first = new Expression.Range(first.line(), first, null, second);
      }
    }
    depth--;
    return first;
  }

  private Expression sum() {
    Expression left = product();
    while ((token().is("+") || token().is("-")) && !startsElement()) {
      Token operator = next();
      left = new Expression.Operation(operator.line(), operator.text(), left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = signed();
    while (token().is("*") || token().is("/") || token().is(".*") || token().is("./")) {
      Token operator = next();
      left = new Expression.Operation(operator.line(), operator.text(), left, signed());
    }
    return left;
  }

  private Expression signed() {
    int line = token().line();
    boolean any = token().is("+") || token().is("-");
    boolean minus = signs();
    Expression operand = power();
    return any ? new Expression.Signed(line, minus, operand) : operand;
  }

  /** Takes signs; true where they come to a minus. In brackets Octave reads --x in its own way. */
  private boolean signs() {
    boolean minus = false;
    while (token().is("+") || token().is("-")) {
      Token sign = next();
      Token before = tokens.get(at - 2);
      if (inMatrix && before.is(sign.text()) && !sign.spaceBefore()) {
        throw refused(sign, "follows another right away; write a space between two signs");
      }
      minus ^= sign.is("-");
    }
    return minus;
  }

  private Expression power() {
    Expression left = operand();
    while (token().is("^") || token().is(".^") || token().is("'") || token().is(".'")) {
      Token operator = next();
      if (operator.text().endsWith("'")) {
        left = new Expression.Transposed(operator.line(), left);
        continue;
      }
      boolean minus = signs();
      Expression right = operand();
      if (minus) {
        right = new Expression.Signed(operator.line(), true, right);
      }
      left = new Expression.Operation(operator.line(), operator.text(), left, right);
    }
    return left;
  }

  private Expression operand() {
    Token token = token();
    switch (token.kind()) {
      case NUMBER:
        at++;
        return new Expression.Number(token.line(), number(token.text()));
      case TEXT:
        at++;
        return new Expression.Text(token.line(), token.text());
      case NAME:
        if (token.text().equals("end")) {
          at++;
          return new Expression.Last(token.line());
        }
        String path = path();
        boolean indexed = token().is("(") && !(inMatrix && token().spaceBefore());
        return indexed
            ? new Expression.Call(token.line(), path, arguments())
            : new Expression.Name(token.line(), path);
      default:
        break;
    }
    if (token.is("(")) {
      boolean outer = inMatrix;
      inMatrix = false;
      at++;
      Expression inside = expression();
      expect(")");
      inMatrix = outer;
      return inside;
    }
    if (token.is("[")) {
      return new Expression.Matrix(token.line(), rows("]"));
    }
    if (token.is("{")) {
      return new Expression.Cells(token.line(), rows("}"));
    }
    throw refused(token, "is not expected here");
  }

  /** With d for the exponent, as Fortran has it, where MATLAB reads that, too. */
  private static double number(String text) {
    return Double.parseDouble(text.replace('d', 'e').replace('D', 'e'));
  }

  private List<Expression> arguments() {
    boolean outer = inMatrix;
    inMatrix = false;
    expect("(");
    List<Expression> arguments = new ArrayList<>();
    while (!token().is(")")) {
      if (token().is(":") && (tokens.get(at + 1).is(",") || tokens.get(at + 1).is(")"))) {
        arguments.add(new Expression.All(next().line()));
      } else {
        arguments.add(expression());
      }
      if (!token().is(")")) {
        expect(",");
      }
    }
    at++;
    inMatrix = outer;
    return arguments;
  }

  private List<List<Expression>> rows(String close) {
    boolean outer = inMatrix;
    inMatrix = true;
    at++;
    List<List<Expression>> rows = new ArrayList<>();
    List<Expression> row = new ArrayList<>();
    while (!token().is(close)) {
      Token token = token();
      if (token.kind() == Token.Kind.END) {
        throw new ScriptException(token.line(), "", "ends inside brackets", "close them");
      }
      if (token.is(";") || token.kind() == Token.Kind.NEWLINE) {
        at++;
        if (!row.isEmpty()) {
          rows.add(row);
        }
        row = new ArrayList<>();
      } else if (token.is(",")) {
        if (row.isEmpty() || tokens.get(at - 1).is(",")) {
          throw refused(token, "has no element before it");
        }
        at++;
      } else if (sticks()) {
        throw new ScriptException(
            token.line(),
            tokens.get(at - 1).text() + token.text(),
            "is not a number",
            "write a number such as 12.5, without units, and a space between two");
      } else {
        row.add(expression());
      }
    }
    at++;
    if (!row.isEmpty()) {
      rows.add(row);
    }
    inMatrix = outer;
    return rows;
  }

  /** Inside brackets, a sign with space before but not behind it begins a new element. */
  private boolean startsElement() {
    return inMatrix && token().spaceBefore() && !token().spaceAfter();
  }

  /** Whether an element would begin right behind another, as .3 in 1.2.3 and i in 2i. */
  private boolean sticks() {
    Token before = tokens.get(at - 1);
    boolean ends =
        before.kind() == Token.Kind.NUMBER
            || before.kind() == Token.Kind.NAME
            || before.kind() == Token.Kind.TEXT
            || before.is(")")
            || before.is("'")
            || before.is(".'");
    return ends && !token().spaceBefore();
  }

  private String path() {
    StringBuilder path = new StringBuilder(name());
    while (token().is(".")
        && !token().spaceBefore()
        && tokens.get(at + 1).kind() == Token.Kind.NAME) {
      at++;
      path.append('.').append(name());
    }
    return path.toString();
  }

  private String name() {
    Token token = next();
    if (token.kind() != Token.Kind.NAME) {
      throw refused(token, NOT_UNDERSTOOD);
    }
    return token.text();
  }

  private void expect(String symbol) {
    Token token = next();
    if (!token.is(symbol)) {
      throw refused(token, NOT_UNDERSTOOD);
    }
  }

  private static ScriptException refused(Token token, String message) {
    boolean whole = message.equals(NOT_UNDERSTOOD) || token.kind() == Token.Kind.NEWLINE;
    return new ScriptException(
        token.line(), whole ? "" : token.text(), whole ? NOT_UNDERSTOOD : message);
  }

  private boolean skipSeparators() {
    while (isSeparator(token()) && token().kind() != Token.Kind.END) {
      at++;
    }
    return token().kind() != Token.Kind.END;
  }

  private static boolean isSeparator(Token token) {
    return token.kind() == Token.Kind.NEWLINE
        || token.kind() == Token.Kind.END
        || token.is(";")
        || token.is(",");
  }

  private Token token() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }
}
