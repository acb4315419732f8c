package io.dualgrid.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record of texts and numbers with arrays beside it, as bytes: the length of a JSON text, this
 * text (the record, and as {@code arrays} the name and length of every array), then the values of
 * all arrays as doubles, big-endian.
 *
 * @param text the record
 * @param values by name; arrays not to be modified
 */
public record TextAndArrays<T>(T text, Map<String, double[]> values) {
  private static final String ARRAYS = "arrays";
  private static final ObjectMapper MAPPER =
      // buffers for all threads: of a thousand sites each would keep its own
      new ObjectMapper(
              JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedBoundedPool()).build())
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /** In bytes. */
  public byte[] encode() {
    ObjectNode node = MAPPER.valueToTree(text);
    ArrayNode shapes = node.putArray(ARRAYS);
    int count = 0;
    for (Map.Entry<String, double[]> entry : values.entrySet()) {
      shapes.addObject().put("name", entry.getKey()).put("length", entry.getValue().length);
      count = Math.addExact(count, entry.getValue().length);
    }
    byte[] json;
    try {
      json = MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("records of numbers and texts always have a JSON form", e);
    }
    int length =
        Math.addExact(Integer.BYTES + json.length, Math.multiplyExact(count, Double.BYTES));
    ByteBuffer buffer = ByteBuffer.allocate(length);
    buffer.putInt(json.length).put(json);
    for (double[] array : values.values()) {
      buffer.asDoubleBuffer().put(array);
      buffer.position(buffer.position() + array.length * Double.BYTES);
    }
    return buffer.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param content decrypted, so written by a holder of the key, though maybe by another version
   * @param kind of the record
   * @param name of the file, for messages
   * @throws CheckpointException when it has another form
   */
  public static <T> TextAndArrays<T> decode(byte[] content, Class<T> kind, String name) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      byte[] json = new byte[checkedLength(buffer.getInt(), buffer)];
      buffer.get(json);
      JsonNode node = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
      JsonNode shapes = ((ObjectNode) node).remove(ARRAYS);
      Map<String, double[]> values = new LinkedHashMap<>();
      for (JsonNode shape : shapes) {
        int count = shape.required("length").intValue();
        int bytes = checkedLength(Math.multiplyExact(count, Double.BYTES), buffer);
        double[] array = new double[count];
        buffer.asDoubleBuffer().get(array);
        buffer.position(buffer.position() + bytes);
        values.put(shape.required("name").textValue(), array);
      }
      if (buffer.hasRemaining()) {
        throw new IllegalArgumentException(buffer.remaining() + " bytes too many");
      }
      return new TextAndArrays<>(MAPPER.treeToValue(node, kind), values);
    } catch (IOException
        | BufferUnderflowException
        | ArithmeticException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      throw otherVersion(name, e);
    }
  }

  static CheckpointException otherVersion(String name, Exception cause) {
    return new CheckpointException(
        name + " was written by another version of dualgrid; resume it with that one", cause);
  }

  private static int checkedLength(int length, ByteBuffer buffer) {
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("a length of " + length);
    }
    return length;
  }

  /** Nothing of the values: they are private. */
  @Override
  public String toString() {
    return "TextAndArrays[" + values.size() + " arrays]";
  }
}
