package io.dualgrid.recording;

import io.dualgrid.files.DiskFailure;
import io.dualgrid.files.MadeFolders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a party keeps its recordings: one file for each run and process, readable by the owner
 * only. Nothing is kept unless a folder was named.
 */
public final class RecordingFolder {
  /** No recordings. */
  public static final RecordingFolder NONE = new RecordingFolder(null, text -> {});

  static final String SUFFIX = ".rec";
  private static final int MOST_FILES = 100_000;

  private final Path folder; // null for none
  private final Consumer<String> news;

  private RecordingFolder(Path folder, Consumer<String> news) {
    this.folder = folder;
    this.news = news;
  }

  /**
   * A folder, which is made if need be.
   *
   * @param news told where a recording goes, and when one cannot go on
   * @throws RecordingException when it cannot be made
   */
  public static RecordingFolder at(Path folder, Consumer<String> news) {
    try {
      MadeFolders.make(folder.toAbsolutePath());
    } catch (FileAlreadyExistsException e) {
      throw new RecordingException(
          "--record " + folder + ": is a file; name a folder for recordings", e);
    } catch (IOException e) {
      throw new RecordingException(
          "--record " + folder + ": cannot be made: " + DiskFailure.reason(e), e);
    }
    return new RecordingFolder(folder, news);
  }

  /**
   * Begins a recording, under the next free name.
   *
   * @throws RecordingException when its file cannot be written
   */
  public Recorder begin(RecordingHeader header) {
    if (folder == null) {
      return Recorder.NONE;
    }
    for (int number = 1; number <= MOST_FILES; number++) {
      Path file = folder.resolve(header.party() + "-" + number + SUFFIX);
      try {
        FileRecorder recorder = FileRecorder.create(file, header, news);
        news.accept(
            "RECORDING for an audit, as --record asks: "
                + (header.bySite()
                    ? "this site's private values"
                    : "all that this " + header.party() + " receives and sends")
                + " to "
                + file
                + ", readable by its owner only");
        return recorder;
      } catch (FileAlreadyExistsException e) {
        // of an earlier run or process
      } catch (IOException e) {
        throw new RecordingException(file + ": cannot be written: " + DiskFailure.reason(e), e);
      }
    }
    throw new RecordingException(folder + ": holds too many recordings; name an empty folder");
  }
}
