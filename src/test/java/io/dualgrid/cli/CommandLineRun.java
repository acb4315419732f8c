package io.dualgrid.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** Runs a command inside the virtual machine, for tests of other packages. */
public final class CommandLineRun {
  private CommandLineRun() {}

  /** The exit code; output and errors go to the writer. */
  public static int of(Writer writer, String... arguments) {
    PrintWriter out = new PrintWriter(writer, true);
    return Dualgrid.commandLine(Engine.DISPATCH, Terminal.plain(out, out)).execute(arguments);
  }
}
