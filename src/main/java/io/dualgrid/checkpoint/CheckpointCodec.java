package io.dualgrid.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualgrid.run.IterationRecord;
import io.dualgrid.run.RunState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of a checkpoint as bytes: the length of a JSON text, this text (what was asked for,
 * history, notices, name and length of every array), then the values of all arrays as doubles,
 * big-endian.
 */
final class CheckpointCodec {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private CheckpointCodec() {}

  /** Everything but the values. */
  private record Text(
      Checkpoint.Order order,
      List<IterationRecord> history,
      List<String> notices,
      List<Shape> arrays) {}

  private record Shape(String name, int length) {}

  static byte[] encode(Checkpoint checkpoint) {
    RunState state = checkpoint.state();
    List<Shape> shapes = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, double[]> entry : state.values().entrySet()) {
      shapes.add(new Shape(entry.getKey(), entry.getValue().length));
      count = Math.addExact(count, entry.getValue().length);
    }
    byte[] json;
    try {
      json =
          MAPPER.writeValueAsBytes(
              new Text(checkpoint.order(), state.history(), state.notices(), shapes));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and texts always have a JSON form", e);
    }
    int length =
        Math.addExact(Integer.BYTES + json.length, Math.multiplyExact(count, Double.BYTES));
    ByteBuffer buffer = ByteBuffer.allocate(length);
    buffer.putInt(json.length).put(json);
    for (double[] values : state.values().values()) {
      buffer.asDoubleBuffer().put(values);
      buffer.position(buffer.position() + values.length * Double.BYTES);
    }
    return buffer.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param content decrypted, so written by a holder of the key, though maybe by another version
   * @param name of the file, for messages
   * @throws CheckpointException when it has another form
   */
  static Checkpoint decode(byte[] content, String name) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      byte[] json = new byte[checkedLength(buffer.getInt(), buffer)];
      buffer.get(json);
      Text text = MAPPER.readValue(new String(json, StandardCharsets.UTF_8), Text.class);
      Map<String, double[]> values = new LinkedHashMap<>();
      for (Shape shape : text.arrays()) {
        int bytes = checkedLength(Math.multiplyExact(shape.length(), Double.BYTES), buffer);
        double[] array = new double[shape.length()];
        buffer.asDoubleBuffer().get(array);
        buffer.position(buffer.position() + bytes);
        values.put(shape.name(), array);
      }
      if (buffer.hasRemaining()) {
        throw new IllegalArgumentException(buffer.remaining() + " bytes too many");
      }
      return new Checkpoint(text.order(), new RunState(text.history(), text.notices(), values));
    } catch (IOException
        | BufferUnderflowException
        | ArithmeticException
        | NullPointerException
        | IllegalArgumentException e) {
      throw new CheckpointException(
          name + " was written by another version of dualgrid; resume it with that one", e);
    }
  }

  private static int checkedLength(int length, ByteBuffer buffer) {
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("a length of " + length);
    }
    return length;
  }
}
