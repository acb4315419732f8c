package io.dualgrid.results;

import io.dualgrid.files.AtomicFiles;
import io.dualgrid.files.DiskFailure;
import io.dualgrid.files.FileExchange;
import io.dualgrid.files.MadeFolders;
import io.dualgrid.runtime.WorkerPool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder that result files are written to, all or nothing, so that a run that breaks off leaves
 * the files of an earlier one as they were. Dispatches tell how people live: files, and folders
 * made here, are for their owner only.
 */
public final class ResultFolder {
  private final Path folder;

  private ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder and tries it with a file, so that a run does not end in results that cannot be
   * kept; what a killed run has left half-way there is put right. Where there is none it is made by
   * the first write only: a run that is broken off before leaves no empty one.
   *
   * @throws ResultInputException when there is a file in its place, or in that of a folder above
   * @throws ResultException when nothing can be written there
   */
  public static ResultFolder open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      FileExchange.recover(absolute);
      MadeFolders made = MadeFolders.make(absolute);
      try {
        AtomicFiles.tryFolder(absolute);
      } finally {
        made.unmake();
      }
    } catch (FileAlreadyExistsException e) {
      throw new ResultInputException(explanation(absolute, e), e);
    } catch (IOException e) {
      throw failure(absolute, e);
    }
    return new ResultFolder(absolute);
  }

  /**
   * A folder within this one, which its first write makes.
   *
   * @param inner relative to this one, or absolute
   */
  public ResultFolder within(Path inner) {
    return new ResultFolder(folder.resolve(inner));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /**
   * Writes files, in UTF-8, replacing those of the same names.
   *
   * @param contents by file name, moved into place in this order
   * @throws ResultException when one cannot be written; then none has been replaced, unless it was
   *     a move itself that failed
   */
  public void write(Map<String, FileContent> contents) {
    Map<String, AtomicFiles.Content> files = new LinkedHashMap<>();
    contents.forEach((name, content) -> files.put(name, out -> writeText(content, out)));
    writeInMade(() -> AtomicFiles.replace(folder, files));
  }

  /**
   * Writes one file of bytes, such as a picture, replacing one of the same name.
   *
   * @param name of the file
   * @param content all of it, not modified
   * @throws ResultException when it cannot be written; the old one is then as it was
   */
  public void write(String name, byte[] content) {
    writeInMade(() -> AtomicFiles.replace(folder.resolve(name), content));
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }

  /** Where the write fails, folders that were made for it go again. */
  private void writeInMade(Write write) {
    try {
      MadeFolders made = MadeFolders.make(folder);
      try {
        write.run();
      } catch (IOException | RuntimeException e) {
        made.unmake();
        throw e;
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /**
   * Exchanges the results in the folder for others as a whole: afterwards it holds all of the new
   * ones and none of the old, or, after a failure, all of the old ones as they were. Files are
   * written side by side.
   *
   * @param contents in UTF-8, by file name, what takes longest first
   * @throws ResultException when the disk does not take them
   */
  public void exchange(Map<String, FileContent> contents) {
    try {
      FileExchange.exchange(
          folder,
          // elsewhere a file of such a name may be anybody's
          Files.exists(folder.resolve(Summary.NAME)) ? ResultFiles.everyName() : Set.of(),
          staged -> writeNew(staged, contents));
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static void writeNew(Path staged, Map<String, FileContent> contents) throws IOException {
    try (WorkerPool pool = new WorkerPool(Runtime.getRuntime().availableProcessors())) {
      pool.forEach(
          List.copyOf(contents.entrySet()),
          entry -> writeNew(staged.resolve(entry.getKey()), entry.getValue()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void writeNew(Path file, FileContent content) {
    try {
      AtomicFiles.writeForced(file, out -> writeText(content, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeText(FileContent content, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    content.writeTo(writer);
    writer.flush();
  }

  private static ResultException failure(Path folder, IOException e) {
    return new ResultException(explanation(folder, e), e);
  }

  private static String explanation(Path folder, IOException e) {
    return "cannot write results to "
        + folder
        + ": "
        + reason(e)
        + "; free or choose another folder with --out";
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is a file, not a folder";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " cannot be made there";
    }
    return DiskFailure.reason(e);
  }
}
