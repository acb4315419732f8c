package io.dualgrid.cli;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress for files and pipes: a line at a steady pace, the first and the last in any case. */
final class PlainProgress extends Progress {
  private static final double INTERVAL_SECONDS = 2.0;
  private static final String FORMAT = "%9s %9s %9s %9s %14s %14s %9s %7s %15s";

  private final PrintWriter out;
  private boolean headed;

  PlainProgress(
      PrintWriter out, RunSettings settings, Interruption interruption, LongSupplier clock) {
    this(out, settings, interruption, INTERVAL_SECONDS, clock);
  }

  PlainProgress(
      PrintWriter out,
      RunSettings settings,
      Interruption interruption,
      double intervalSeconds,
      LongSupplier clock) {
    super(settings, interruption, intervalSeconds, clock);
    this.out = out;
  }

  @Override
  void show(IterationRecord record, double share) {
    if (!headed) {
      headed = true;
      print("iteration", "elapsed", "primal", "dual", "cost", "bound", "penalty", "it/s", "left");
    }
    print(
        Integer.toString(record.iteration()),
        Numbers.seconds(record.elapsedSeconds()),
        Numbers.scientific(record.primalResidual()),
        Numbers.scientific(record.dualResidual()),
        Numbers.money(record.cost()),
        Numbers.money(record.lowerBound()),
        Numbers.scientific(record.penalty()),
        Numbers.brief(rate()),
        left());
  }

  private void print(Object... cells) {
    out.println(String.format(Locale.ROOT, FORMAT, cells).stripTrailing());
    out.flush();
  }
}
