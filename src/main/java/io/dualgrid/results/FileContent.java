package io.dualgrid.results;

import java.io.IOException;
import java.io.Writer;

/** Writes the content of one file. */
@FunctionalInterface
public interface FileContent {
  /** Writes everything; the caller flushes and closes. */
  void writeTo(Writer out) throws IOException;
}
