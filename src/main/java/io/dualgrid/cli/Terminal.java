package io.dualgrid.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where output goes, and what can be done there.
 *
 * @param out standard output
 * @param err standard error
 * @param interactive whether a line can be redrawn in place
 * @param colour whether colours are wanted
 * @param blocks whether block characters and the like can be shown
 * @param columns width of the terminal in characters
 */
record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean interactive,
    boolean colour,
    boolean blocks,
    int columns) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int MIN_COLUMNS = 20;

  /** The terminal of this process. */
  static Terminal system() {
    Map<String, String> environment = System.getenv();
    boolean interactive =
        isTerminal()
            && !"dumb".equals(environment.get("TERM"))
            && understandsControl(System.getProperty("os.name", ""), environment);
    // https://no-color.org: any value but the empty one counts
    boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    Charset charset = outputCharset();
    return new Terminal(
        new PrintWriter(new StandardOutput(), true, charset),
        new PrintWriter(System.err, true, charset),
        interactive,
        colour,
        charset.newEncoder().canEncode('█'),
        interactive ? width() : DEFAULT_COLUMNS);
  }

  /** Plain output, for files, pipes and tests. */
  static Terminal plain(PrintWriter out, PrintWriter err) {
    return new Terminal(out, err, false, false, false, DEFAULT_COLUMNS);
  }

  /**
   * Whether the terminal can be expected to carry out control sequences. The old console of Windows
   * shows them as they are, unless a program has asked it not to, which Java cannot; newer ones and
   * those that people put around it give themselves away.
   */
  static boolean understandsControl(String system, Map<String, String> environment) {
    return !system.startsWith("Windows")
        || environment.containsKey("WT_SESSION")
        || environment.containsKey("ANSICON")
        || "ON".equalsIgnoreCase(environment.get("ConEmuANSI"));
  }

  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console even without a terminal, and this method to ask it.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  // What the console of Windows shows differs from what Windows writes to files; Java 17 and later
  // versions name the property differently.
  private static Charset outputCharset() {
    for (String property : List.of("stdout.encoding", "sun.stdout.encoding")) {
      String name = System.getProperty(property);
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }

  // Java itself does not know the width; stty does wherever there is a POSIX terminal.
  private static int width() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .trim()
              .split(" ");
      if (!stty.waitFor(1, TimeUnit.SECONDS) || size.length != 2) {
        return DEFAULT_COLUMNS;
      }
      int columns = Integer.parseInt(size[1]);
      return columns == 0 ? DEFAULT_COLUMNS : Math.max(columns, MIN_COLUMNS);
    } catch (IOException | NumberFormatException e) {
      return DEFAULT_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DEFAULT_COLUMNS;
    }
  }
}
