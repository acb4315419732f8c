package io.dualgrid.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells what happens to the sites of one process, once where it happens to all of them: a line is
 * not repeated within some seconds. Thread safe.
 */
final class SharedNews {
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final LongSupplier nanoClock;
  private final Map<String, Long> told = new LinkedHashMap<>(); // oldest first

  SharedNews(Terminal terminal, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.nanoClock = nanoClock;
  }

  synchronized void tell(String line) {
    long now = nanoClock.getAsLong();
    told.values().removeIf(time -> now - time > SILENCE_NANOS);
    if (told.putIfAbsent(line, now) == null) {
      terminal.err().println(line);
    }
  }
}
