package io.dualgrid.cli;

import io.dualgrid.recording.RecordingFolder;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a party takes down what an audit needs. */
final class RecordOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "Take down there what an audit needs (audit CASE --network DIR): an operator and a cloud"
              + " all that they receive and send, a site its own values of each iteration, no keys;"
              + " files are readable by their owner only. Off unless asked for.")
  private Path folder;

  /**
   * Refuses to record what does not come here.
   *
   * @param relays number of relays that sites send to instead
   */
  void checkRelays(int relays) {
    if (relays > 0 && folder != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--record takes down what sites send, and with --relays they send it to those; leave one"
              + " of the two out");
    }
  }

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
