package io.dualgrid.recording;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dualgrid.files.DiskFailure;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One file of a recording.
 *
 * @param file where
 * @param header what it is of
 */
public record Recording(Path file, RecordingHeader header) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final int MOST_ENTRY_BYTES = 1 << 29;
  private static final int BUFFER = 1 << 18;

  /**
   * All recordings in a folder and the folders in it, by name.
   *
   * @throws RecordingException when there are none, or one is something else
   */
  public static List<Recording> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Recording> found = new ArrayList<>();
      for (Path file :
          files
              .filter(path -> path.getFileName().toString().endsWith(RecordingFolder.SUFFIX))
              .sorted(
                  Comparator.comparing((Path path) -> path.toString().length())
                      .thenComparing(Comparator.naturalOrder()))
              .toList()) {
        found.add(open(file));
      }
      if (found.isEmpty()) {
        throw new RecordingException(
            folder + ": holds no recordings; make them with: dualgrid up CASE --record DIR");
      }
      return found;
    } catch (IOException e) {
      throw new RecordingException(folder + ": cannot be read: " + DiskFailure.reason(e), e);
    }
  }

  private static Recording open(Path file) throws IOException {
    try (DataInputStream in = stream(file)) {
      return new Recording(file, header(in, file));
    }
  }

  private static DataInputStream stream(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  private static RecordingHeader header(DataInputStream in, Path file) throws IOException {
    byte[] magic = in.readNBytes(FileRecorder.MAGIC.length);
    if (!Arrays.equals(magic, FileRecorder.MAGIC)) {
      throw new RecordingException(file + ": is no recording of this release of dualgrid");
    }
    try {
      int length = in.readInt();
      if (length >= 0 && length <= MOST_HEADER_BYTES) {
        RecordingHeader header = MAPPER.readValue(in.readNBytes(length), RecordingHeader.class);
        if (header != null) {
          return header;
        }
      }
    } catch (EOFException | com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new RecordingException(file + ": its beginning cannot be read", e);
    }
    throw new RecordingException(file + ": its beginning cannot be read");
  }

  /**
   * Reads all entries in their order, none kept.
   *
   * @return whether it is whole; the recording of a process that was killed has no end
   * @throws RecordingException when it holds something else
   */
  public boolean forEach(Consumer<RecordingEntry> entries) {
    RecordingEntry.Kind[] kinds = RecordingEntry.Kind.values();
    try (DataInputStream in = stream(file)) {
      header(in, file);
      while (true) {
        int code = in.read();
        if (code < 0) {
          return false;
        }
        int number = in.readInt();
        int length = in.readInt();
        if (code >= kinds.length || length < 0 || length > MOST_ENTRY_BYTES) {
          throw new RecordingException(file + ": an entry of it cannot be read");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
          return false;
        }
        if (kinds[code] == RecordingEntry.Kind.END) {
          return true;
        }
        entries.accept(new RecordingEntry(kinds[code], number, bytes));
      }
    } catch (EOFException e) {
      return false;
    } catch (IOException e) {
      throw new RecordingException(file + ": cannot be read: " + DiskFailure.reason(e), e);
    }
  }
}
