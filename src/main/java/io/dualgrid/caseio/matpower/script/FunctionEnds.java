package io.dualgrid.caseio.matpower.script;

import java.util.List;
import java.util.Set;

/**
 * Whether the functions of a file end by a word of their own. MATLAB asks this of all functions of
 * a file or of none; only where they do can one stand inside another, whose statements go on behind
 * it.
 */
final class FunctionEnds {
  private static final Set<String> OPENING =
      Set.of(
          "if",
          "for",
          "while",
          "switch",
          "try",
          "parfor",
          "spmd",
          "do",
          "unwind_protect",
          "classdef",
          "methods",
          "properties");

  private static final String CLOSING = "end";

  private FunctionEnds() {}

  /** True unless the words that end something are just those of loops and conditions. */
  static boolean in(List<Token> tokens) {
    int open = 0;
    int brackets = 0;
    for (Token token : tokens) {
      brackets += token.is("(") || token.is("[") || token.is("{") ? 1 : 0;
      brackets -= token.is(")") || token.is("]") || token.is("}") ? 1 : 0;
      if (token.kind() == Token.Kind.NAME && brackets == 0) {
        open += OPENING.contains(token.text()) ? 1 : 0;
        open -= token.text().startsWith(CLOSING) ? 1 : 0;
      }
    }
    return open != 0;
  }
}
