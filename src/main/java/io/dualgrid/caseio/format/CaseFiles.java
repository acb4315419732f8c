package io.dualgrid.caseio.format;

import io.dualgrid.files.BoundedFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the files of a case come from: a folder, or the class path, which cannot be listed. */
public interface CaseFiles {
  /** What to call the whole in messages. */
  String label();

  /**
   * The content of a file.
   *
   * @param name relative, with forward slashes, checked to stay inside
   * @throws NoSuchFileException or {@link FileNotFoundException} when there is none
   */
  byte[] read(String name) throws IOException;

  /** Files of a folder. */
  static CaseFiles folder(Path folder) {
    return new CaseFiles() {
      @Override
      public String label() {
        return folder.toString();
      }

      @Override
      public byte[] read(String name) throws IOException {
        return BoundedFiles.readWithin(folder, name);
      }
    };
  }

  /** Files of a bundled case. */
  static CaseFiles classPath(String label, String prefix) {
    return new CaseFiles() {
      @Override
      public String label() {
        return label;
      }

      @Override
      public byte[] read(String name) throws IOException {
        try (InputStream stream = CaseFiles.class.getResourceAsStream(prefix + name)) {
          if (stream == null) {
            throw new NoSuchFileException(name);
          }
          return stream.readAllBytes();
        }
      }
    };
  }
}
