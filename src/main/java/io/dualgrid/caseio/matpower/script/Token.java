package io.dualgrid.caseio.matpower.script;

/**
 * A word of a script.
 *
 * @param kind what it is
 * @param text as it stands in the file; of a text, its content
 * @param line of the file, from one
 * @param spaceBefore whether white space stands in front of it, which ends an element of a matrix
 * @param spaceAfter whether white space or a line end follows
 */
record Token(Kind kind, String text, int line, boolean spaceBefore, boolean spaceAfter) {
  enum Kind {
    NUMBER,
    NAME,
    TEXT,
    SYMBOL,
    NEWLINE,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
