package io.dualgrid.caseio.matpower.script;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into words. Comments (from % or #, and blocks of lines between %{ and %}, or #{
 * and #} in Octave) and continuations (from ... to the end of the line) are dropped.
 */
final class Lexer {
  private static final String PAIRS = " .* ./ .^ .' == ~= != <= >= && || ";

  /** Of a feeder of thirty thousand buses; guards memory and time. */
  private static final int MOST_WORDS = 1_000_000;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private boolean space;

  private Lexer(String text) {
    this.text = text;
  }

  /**
   * The words of a script.
   *
   * @throws ScriptException at a character or a text that MATLAB would refuse
   */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text.replace("\r\n", "\n").replace('\r', '\n'));
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length()) {
      if (startsLine() && blockMark('{')) {
        skipBlock();
        continue;
      }
      char c = text.charAt(at);
      if (c == '\n') {
        add(Token.Kind.NEWLINE, "\n", 1);
        line++;
      } else if (Character.isWhitespace(c)) {
        at++;
        space = true;
      } else if (c == '%' || c == '#') {
        toLineEnd();
      } else if (text.startsWith("...", at)) {
        refuseBehindSign();
        toLineEnd();
        if (at < text.length()) {
          at++;
          line++;
        }
        space = true;
      } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
        number();
      } else if (Character.isLetter(c) || c == '_') {
        int end = at;
        while (end < text.length() && isNamePart(text.charAt(end))) {
          end++;
        }
        add(Token.Kind.NAME, text.substring(at, end), end - at);
      } else if (c == '"' || c == '\'' && !afterOperand()) {
        quoted(c);
      } else {
        String pair = at + 1 < text.length() ? text.substring(at, at + 2) : "";
        boolean joined = pair.length() == 2 && PAIRS.contains(" " + pair + " ");
        String symbol = joined ? pair : String.valueOf(c);
        add(Token.Kind.SYMBOL, symbol, symbol.length());
      }
    }
    add(Token.Kind.NEWLINE, "\n", 0);
    add(Token.Kind.END, "", 0);
  }

  /** Whether [1 -... and 2 on the next line are one element or two is nowhere laid down. */
  private void refuseBehindSign() {
    Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    if (last != null && !space && (last.is("-") || last.is("+"))) {
      throw new ScriptException(
          line, last.text() + "...", "goes on right behind a sign", "write a space before ...");
    }
  }

  private boolean startsLine() {
    return at == 0 || text.charAt(at - 1) == '\n';
  }

  /** Whether a line consists of a mark of block comments alone. */
  private boolean blockMark(char bracket) {
    int first = at;
    while (charAt(first) != '\n' && Character.isWhitespace(charAt(first))) {
      first++;
    }
    if (charAt(first) != '%' && charAt(first) != '#') {
      return false;
    }
    int end = text.indexOf('\n', at);
    String mark = text.substring(at, end < 0 ? text.length() : end).strip();
    return mark.equals("%" + bracket) || mark.equals("#" + bracket);
  }

  private void skipBlock() {
    int first = line;
    int depth = 0;
    do {
      if (at >= text.length()) {
        throw new ScriptException(first, "%{", "starts a comment that does not end", "write %}");
      }
      depth += blockMark('{') ? 1 : blockMark('}') ? -1 : 0;
      toLineEnd();
      if (at < text.length()) {
        at++;
        line++;
      }
    } while (depth > 0);
  }

  private void toLineEnd() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private void number() {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    // 1./x is 1 ./ x, which comes to the same
    if (end < text.length() && text.charAt(end) == '.' && "*/^'.".indexOf(charAt(end + 1)) < 0) {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
    }
    if ("eEdD".indexOf(charAt(end)) >= 0) {
      int digits = "+-".indexOf(charAt(end + 1)) >= 0 ? end + 2 : end + 1;
      if (isDigit(charAt(digits))) {
        end = digits;
        while (end < text.length() && isDigit(text.charAt(end))) {
          end++;
        }
      }
    }
    add(Token.Kind.NUMBER, text.substring(at, end), end - at);
  }

  private void quoted(char quote) {
    StringBuilder content = new StringBuilder();
    int end = at + 1;
    while (true) {
      char c = charAt(end);
      if (c == '\n' || c == '\0') {
        throw new ScriptException(
            line, text.substring(at, Math.min(end, text.length())), "is a text that does not end");
      }
      if (c == quote && charAt(end + 1) != quote) {
        break;
      }
      content.append(c);
      end += c == quote ? 2 : 1;
    }
    add(Token.Kind.TEXT, content.toString(), end + 1 - at);
  }

  /** Whether a quote here would be a transposition. */
  private boolean afterOperand() {
    if (space || tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return last.kind() == Token.Kind.NUMBER
        || last.kind() == Token.Kind.NAME
        || last.is(")")
        || last.is("]")
        || last.is("}")
        || last.is("'")
        || last.is(".'");
  }

  private char peek(int offset) {
    return charAt(at + offset);
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  // of other alphabets no digit is read
  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void add(Token.Kind kind, String content, int length) {
    if (tokens.size() == MOST_WORDS) {
      throw new ScriptException(
          line, "", "is beyond " + MOST_WORDS + " words, the most that is read", "split the file");
    }
    at += length;
    boolean spaceAfter = at >= text.length() || Character.isWhitespace(text.charAt(at));
    tokens.add(new Token(kind, content, line, space, spaceAfter));
    space = false;
  }
}
