package io.dualgrid.caseio.matpower.script;

import java.util.List;

/** A statement of a script. */
sealed interface Statement {
  /** The line it starts on. */
  int line();

  /**
   * An assignment.
   *
   * @param path variable, or field of one
   * @param index rows and columns that are assigned; null where the whole is
   */
  record Assignment(int line, String path, List<Expression> index, Expression value)
      implements Statement {}

  /** The names of MATPOWER's columns: [PQ, PV, ...] = idx_bus. */
  record Constants(int line, List<String> names, String function) implements Statement {}

  /** All names of columns at once: define_constants. */
  record AllConstants(int line) implements Statement {}

  /** The head of a function, with the names of the variables that it returns. */
  record Function(int line, List<String> outputs, String name) implements Statement {}

  /** The end of the script, though not of the file. */
  record Return(int line) implements Statement {}

  /** What cannot be understood. */
  record Refused(int line, String text, String message, String remedy) implements Statement {}
}
