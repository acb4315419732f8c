package io.dualgrid.study;

import io.dualgrid.results.DayTables;
import io.dualgrid.results.FileContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is kept of a chain that is done, on its way from whoever has run it.
 *
 * @param days content of its table of days
 * @param dispatch of its dispatch, where that is kept
 */
record ChainTables(FileContent days, Optional<FileContent> dispatch) {
  static ChainTables of(Study study, Chain chain) {
    DayTables tables = new DayTables(study.gridCase(), study.steps());
    return new ChainTables(
        new DaysCsv(chain.outcomes(), tables.begins(study.days())),
        study.keepDispatch() ? Optional.of(tables.dispatch(chain.dispatches())) : Optional.empty());
  }

  /** As another machine reads it. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      put(days, out);
      out.writeBoolean(dispatch.isPresent());
      if (dispatch.isPresent()) {
        put(dispatch.get(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all", e);
    }
    return bytes.toByteArray();
  }

  private static void put(FileContent content, DataOutputStream out) throws IOException {
    StringWriter text = new StringWriter();
    content.writeTo(text);
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #toBytes} has written.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static ChainTables fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      FileContent days = take(in);
      Optional<FileContent> dispatch = in.readBoolean() ? Optional.of(take(in)) : Optional.empty();
      if (in.available() > 0) {
        throw new IOException(in.available() + " bytes too many");
      }
      return new ChainTables(days, dispatch);
    } catch (IOException e) {
      throw new IllegalArgumentException("no tables of a chain", e);
    }
  }

  private static FileContent take(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a table of " + length + " bytes of " + in.available());
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return out -> out.write(text);
  }
}
