package io.dualgrid.checkpoint;

import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunState;
import java.util.List;

/** The content of a checkpoint as {@link TextAndArrays}: what was asked for, history, notices. */
final class CheckpointCodec {
  private CheckpointCodec() {}

  /** Everything but the values. */
  private record Text(
      Checkpoint.Order order, List<IterationRecord> history, List<String> notices) {}

  static byte[] encode(Checkpoint checkpoint) {
    RunState state = checkpoint.state();
    Text text = new Text(checkpoint.order(), state.history(), state.notices());
    return new TextAndArrays<>(text, state.values()).encode();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param name of the file, for messages
   * @throws CheckpointException when it has another form
   */
  static Checkpoint decode(byte[] content, String name) {
    TextAndArrays<Text> read = TextAndArrays.decode(content, Text.class, name);
    try {
      Text text = read.text();
      return new Checkpoint(
          text.order(), new RunState(text.history(), text.notices(), read.values()));
    } catch (NullPointerException | IllegalArgumentException e) {
      throw TextAndArrays.otherVersion(name, e);
    }
  }
}
