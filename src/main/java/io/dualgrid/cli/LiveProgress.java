package io.dualgrid.cli;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Progress on a terminal: one line, redrawn in place, as long as the terminal is wide. */
final class LiveProgress extends Progress {
  private static final double INTERVAL_SECONDS = 0.1;
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 8;
  private static final int BRACKETS = "[] ".length();
  private static final String PERCENT = "100%";

  /** Residuals, cost, penalty and rate, the first fields, are told on 80 columns, too. */
  private static final int ESSENTIAL = 5;

  // Wrapping is switched off while the line is drawn, lest a terminal made narrower meanwhile
  // scrolls at every update.
  private static final String BEGIN_LINE = "\r\u001b[?7l";
  private static final String END_LINE = "\u001b[K\u001b[?7h";
  private static final String BOLD = "\u001b[1m";
  private static final String CYAN = "\u001b[36m";
  private static final String GREEN = "\u001b[32m";
  private static final String RESET = "\u001b[0m";

  private final Terminal terminal;
  private boolean drawn;

  LiveProgress(
      Terminal terminal, RunSettings settings, Interruption interruption, LongSupplier clock) {
    super(settings, interruption, INTERVAL_SECONDS, clock);
    this.terminal = terminal;
  }

  @Override
  void settingUp() {
    draw("setting up the parties");
  }

  @Override
  void show(IterationRecord record, double share) {
    String head = "it " + record.iteration() + "  " + Numbers.clock(record.elapsedSeconds()) + "  ";
    // Three columns stay free: what a terminal echoes for Ctrl-C would wrap the line otherwise.
    int room = terminal.columns() - 3 - head.length() - PERCENT.length();
    List<String> fields = fields(record);
    String separator = "  ";
    if (length(fields.subList(0, ESSENTIAL), separator) + SHORTEST_BAR + BRACKETS > room) {
      fields = shortFields(record);
      separator = " ";
    }
    StringBuilder tail = new StringBuilder();
    // In the order of their worth: what does not fit is left out.
    for (String field : fields) {
      if (tail.length() + separator.length() + field.length() <= room) {
        tail.append(separator).append(field);
      }
    }
    int bar = Math.min(LONGEST_BAR, room - tail.length() - BRACKETS);
    draw(styled(BOLD, head) + (bar < 1 ? "" : bar(share, bar)) + percent(share) + tail);
  }

  private List<String> fields(IterationRecord record) {
    List<String> fields = new ArrayList<>();
    fields.add("primal " + Numbers.scientific(record.primalResidual()));
    fields.add("dual " + Numbers.scientific(record.dualResidual()));
    fields.add("cost " + Numbers.money(record.cost()));
    fields.add("penalty " + Numbers.scientific(record.penalty()));
    fields.add(Numbers.brief(rate()) + " it/s");
    addExtras(fields, record);
    return fields;
  }

  /** The same for a narrow terminal. */
  private List<String> shortFields(IterationRecord record) {
    List<String> fields = new ArrayList<>();
    fields.add("pri " + Numbers.rough(record.primalResidual()));
    fields.add("dual " + Numbers.rough(record.dualResidual()));
    fields.add("cost " + Numbers.brief(record.cost()));
    fields.add("pen " + Numbers.rough(record.penalty()));
    fields.add(Numbers.brief(rate()) + "/s");
    addExtras(fields, record);
    return fields;
  }

  private void addExtras(List<String> fields, IterationRecord record) {
    if (!left().isEmpty()) {
      fields.add(left() + " left");
    }
    if (Double.isFinite(record.lowerBound())) {
      fields.add("bound " + Numbers.money(record.lowerBound()));
    }
  }

  private static int length(List<String> fields, String separator) {
    return fields.stream().mapToInt(field -> separator.length() + field.length()).sum();
  }

  @Override
  void end() {
    if (drawn) {
      terminal.out().println();
      terminal.out().flush();
    }
  }

  private String bar(double share, int width) {
    int full = (int) Math.floor(share * width);
    String done = (terminal.blocks() ? "█" : "#").repeat(full);
    String rest = (terminal.blocks() ? "░" : ".").repeat(width - full);
    return "[" + styled(share < 1.0 ? CYAN : GREEN, done) + rest + "] ";
  }

  private static String percent(double share) {
    return String.format("%3d%%", (int) Math.floor(100.0 * share));
  }

  private String styled(String style, String text) {
    return terminal.colour() ? style + text + RESET : text;
  }

  private void draw(String line) {
    PrintWriter out = terminal.out();
    out.print(BEGIN_LINE + line + END_LINE);
    out.flush();
    drawn = true;
  }
}
