package io.dualgrid.examples;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import io.dualgrid.run.CentralResult;
import io.dualgrid.run.DispatchEngine;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.Privacy;
import io.dualgrid.run.RunObserver;
import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunSettings;
import io.dualgrid.site.GridCase;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** The engine as a library, as docs/java-api.md tells it. */
final class DispatchExample {
  private DispatchExample() {}

  /** Follows a run, and ends it when another thread asks for that. */
  static final class Follower implements RunObserver {
    private final AtomicBoolean stop = new AtomicBoolean();
    int seen;

    /** Ends the run after the present iteration; from any thread. */
    void stop() {
      stop.set(true);
    }

    @Override
    public void iteration(IterationRecord iteration) {
      seen = iteration.iteration();
    }

    @Override
    public boolean cancelled() {
      return stop.get();
    }
  }

  /** A case in, a run with an observer, its results out. */
  static RunResult run(String nameOrFolder, RunObserver observer, Path folder) {
    GridCase gridCase = CaseLocator.read(nameOrFolder);
    RunSettings settings = RunSettings.builder().privacy(Privacy.RMME).steps(12).build();
    RunResult result = DispatchEngine.run(gridCase, settings, observer);
    ResultFiles.write(ResultFolder.open(folder), gridCase, result, Double.NaN);
    return result;
  }

  /** The optimum of somebody who knows everything. */
  static double optimalCost(String nameOrFolder) {
    RunSettings settings = RunSettings.builder().steps(12).build();
    CentralResult central = DispatchEngine.central(CaseLocator.read(nameOrFolder), settings);
    if (!central.solved()) {
      throw new IllegalStateException("no optimum: " + central.status());
    }
    return central.totalCost();
  }
}
