package io.dualgrid.network.agent;

import io.dualgrid.checkpoint.CheckpointFile;
import io.dualgrid.checkpoint.TextAndArrays;
import io.dualgrid.network.wire.WireException;
import io.dualgrid.protocol.RunId;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunSettings;
import io.dualgrid.runtime.StateArchive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one party keeps of a run, encrypted on its own disk, so that the run goes on when a process
 * or a link has died: its states after the two latest iterations at which all keep theirs. No two
 * parties are further apart than one of these, so there is always one that all have. Secret keys,
 * masks and seeds are not kept: each epoch has its own. One thread at a time.
 */
public final class RunMemory {
  /** Its file; the key is beside it. */
  public static final String NAME = "run.ckpt";

  private static final int STATES = 2;

  private final CheckpointFile file;
  private final NavigableMap<Integer, Map<String, double[]>> states = new TreeMap<>();
  private RunId run;
  private RunSettings settings;
  private int epoch;
  private List<IterationRecord> history = List.of();
  private List<String> notices = List.of();

  private record Text(
      long runHigh,
      long runLow,
      RunSettings settings,
      int epoch,
      List<Integer> iterations,
      List<IterationRecord> history,
      List<String> notices) {}

  private RunMemory(CheckpointFile file) {
    this.file = file;
  }

  /**
   * In a party's folder, with what an earlier process has left there.
   *
   * @throws io.dualgrid.checkpoint.CheckpointException when it cannot be read or written
   */
  public static RunMemory in(Path folder) {
    RunMemory memory = new RunMemory(CheckpointFile.at(folder.resolve(NAME)));
    if (memory.file.exists()) {
      memory.read();
    }
    return memory;
  }

  private void read() {
    TextAndArrays<Text> read =
        TextAndArrays.decode(file.readContent(), Text.class, file.path().toString());
    Text text = read.text();
    run = new RunId(text.runHigh(), text.runLow());
    settings = text.settings();
    epoch = text.epoch();
    history = text.history();
    notices = text.notices();
    for (int iteration : text.iterations()) {
      String prefix = prefix(iteration);
      Map<String, double[]> values = new LinkedHashMap<>();
      read.values()
          .forEach(
              (name, array) -> {
                if (name.startsWith(prefix)) {
                  values.put(name.substring(prefix.length()), array);
                }
              });
      states.put(iteration, values);
    }
  }

  private static String prefix(int iteration) {
    return iteration + ":";
  }

  private void write() {
    Map<String, double[]> values = new LinkedHashMap<>();
    states.forEach(
        (iteration, state) ->
            state.forEach((name, array) -> values.put(prefix(iteration) + name, array)));
    Text text =
        new Text(
            run.high(),
            run.low(),
            settings,
            epoch,
            new ArrayList<>(states.keySet()),
            history,
            notices);
    file.writeContent(new TextAndArrays<>(text, values).encode());
  }

  /** Whether there is a run to go on with. */
  public boolean isOfARun() {
    return run != null;
  }

  RunId run() {
    return run;
  }

  /** Public name of the run; empty where there is none. */
  String runName() {
    return run == null ? "" : run.toString();
  }

  RunSettings settings() {
    return settings;
  }

  int epoch() {
    return epoch;
  }

  List<IterationRecord> history() {
    return history;
  }

  List<String> notices() {
    return notices;
  }

  /** Iterations after which a state is kept. */
  List<Integer> kept() {
    return List.copyOf(states.keySet());
  }

  /** Forgets an earlier run, and takes up this one. */
  void begin(RunId newRun, RunSettings agreed) {
    run = newRun;
    settings = agreed;
    epoch = 0;
    states.clear();
    history = List.of();
    notices = List.of();
  }

  /**
   * Enters an epoch, durably: none comes twice.
   *
   * @param iteration after which it goes on; later states are forgotten
   * @throws WireException when the epoch is not new, or there is no such state
   */
  void enter(int newEpoch, int iteration) {
    if (newEpoch <= epoch || iteration < 0 || iteration > 0 && !states.containsKey(iteration)) {
      throw new WireException(
          "the operator opens epoch "
              + newEpoch
              + " of the run after iteration "
              + iteration
              + ", but the last was "
              + epoch
              + " and states are kept of "
              + states.keySet());
    }
    epoch = newEpoch;
    states.tailMap(iteration, false).clear();
    write();
  }

  /** Hands the state after an iteration over. */
  void take(int iteration, Consumer<StateArchive> state) {
    StateArchive.Restoring archive = new StateArchive.Restoring(states.get(iteration));
    state.accept(archive);
    archive.finish();
  }

  /** Keeps a state, durably, in the place of the oldest. */
  void keep(int iteration, Map<String, double[]> values) {
    keep(iteration, values, List.of(), List.of());
  }

  /** The same with what the operator knows of all iterations so far. */
  void keep(
      int iteration, Map<String, double[]> values, List<IterationRecord> soFar, List<String> told) {
    states.put(iteration, values);
    while (states.size() > STATES) {
      states.pollFirstEntry();
    }
    history = soFar;
    notices = told;
    write();
  }

  /** The run is complete, or given up for good. */
  public void forget() {
    file.deleteContent();
    run = null;
    states.clear();
  }

  /** The run only: states are private. */
  @Override
  public String toString() {
    return "RunMemory[" + runName() + "]";
  }
}
