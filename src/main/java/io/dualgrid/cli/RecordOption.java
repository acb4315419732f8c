package io.dualgrid.cli;

import io.dualgrid.recording.RecordingFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a party takes down what an audit needs. */
final class RecordOption {
  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "Take down there what an audit needs (audit CASE --network DIR): an operator and a cloud"
              + " all that they receive and send, a site its own values of each iteration, no keys;"
              + " files are readable by their owner only. Off unless asked for.")
  private Path folder;

  /** The folder, announced. */
  RecordingFolder folder(Terminal terminal) {
    return folder == null
        ? RecordingFolder.NONE
        : RecordingFolder.at(folder, terminal.err()::println);
  }

  /** As it was given; null where it was not. */
  Path path() {
    return folder;
  }
}
