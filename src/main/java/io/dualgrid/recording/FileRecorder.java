package io.dualgrid.recording;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.files.OwnerOnly;
import io.dualgrid.protocol.MessageTap;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a recording: eight bytes that name the format, the header as JSON after its length, then
 * for each entry a byte for its kind, its number and length as 32-bit integers, and its bytes, all
 * big endian. A run goes on where the disk does not; then the recording has no end, and says so.
 */
final class FileRecorder implements Recorder {
  static final byte[] MAGIC = "dgrec\0\0\1".getBytes(StandardCharsets.ISO_8859_1);

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final Consumer<String> news;
  private final DataOutputStream out;
  private final Thread atExit = new Thread(this::end, "recording");
  private boolean open = true;

  private FileRecorder(Path file, Consumer<String> news, DataOutputStream out) {
    this.file = file;
    this.news = news;
    this.out = out;
  }

  static FileRecorder create(Path file, RecordingHeader header, Consumer<String> news)
      throws IOException {
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                Channels.newOutputStream(
                    Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OwnerOnly.file())),
                BUFFER));
    byte[] text = MAPPER.writeValueAsBytes(header);
    out.write(MAGIC);
    out.writeInt(text.length);
    out.write(text);
    out.flush();
    FileRecorder recorder = new FileRecorder(file, news, out);
    // a cloud, and a site that is stopped, end by a signal
    Runtime.getRuntime().addShutdownHook(recorder.atExit);
    return recorder;
  }

  @Override
  public MessageTap tap() {
    return (way, edge, bytes) -> {
      write(RecordingEntry.Kind.of(way), edge, bytes);
      return List.of(bytes);
    };
  }

  @Override
  public void solution(int iteration, double[] values) {
    write(RecordingEntry.Kind.SOLUTION, iteration, bytes(values));
  }

  @Override
  public void dispatch(double[] values) {
    write(RecordingEntry.Kind.DISPATCH, 0, bytes(values));
  }

  @Override
  public void ownMask(long mask) {
    write(RecordingEntry.Kind.OWN_MASK, 0, ByteBuffer.allocate(Long.BYTES).putLong(mask).array());
  }

  private static byte[] bytes(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private synchronized void write(RecordingEntry.Kind kind, int number, byte[] bytes) {
    if (!open) {
      return;
    }
    try {
      out.writeByte(kind.ordinal());
      out.writeInt(number);
      out.writeInt(bytes.length);
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      open = false;
      news.accept(file + ": the recording ends here: " + DiskFailure.reason(e));
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the process is ending, and the hook at work
    }
    end();
  }

  private synchronized void end() {
    if (!open) {
      return;
    }
    write(RecordingEntry.Kind.END, 0, new byte[0]);
    open = false;
    try {
      out.close();
    } catch (IOException e) {
      news.accept(file + ": the recording has no end: " + DiskFailure.reason(e));
    }
  }
}
