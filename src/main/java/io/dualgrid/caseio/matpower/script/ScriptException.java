package io.dualgrid.caseio.matpower.script;

/** A statement that cannot be followed, with its row and what to do. */
final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String SAVE =
      "write the data as MATPOWER saves it: savecase('new.m', loadcase('old.m'))";

  private final int line;
  private final String value;
  private final String remedy;

  ScriptException(int line, String value, String message, String remedy) {
    super(message, null, false, false);
    this.line = line;
    this.value = value;
    this.remedy = remedy;
  }

  /** With the usual way out: the data as MATPOWER writes them, which is free of code. */
  ScriptException(int line, String value, String message) {
    this(line, value, message, SAVE);
  }

  int line() {
    return line;
  }

  String value() {
    return value;
  }

  String remedy() {
    return remedy;
  }
}
