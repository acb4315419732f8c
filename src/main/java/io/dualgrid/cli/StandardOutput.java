package io.dualgrid.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that takes the leaving of its reader, as in {@code dualgrid run CASE | head -1},
 * for what it is: nobody wants to know more, and what the command does besides goes on. Any other
 * failure, such as of a full disk, is an error.
 */
final class StandardOutput extends OutputStream {
  private final FileOutputStream stream;
  private boolean readerLeft;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(FileOutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (readerLeft) {
      return;
    }
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      if (hasPlace()) {
        throw e;
      }
      readerLeft = true;
    }
  }

  // Messages differ by system and language, but a pipe knows no position, and fails for want of a
  // reader only; a file and a device do.
  private boolean hasPlace() {
    try {
      stream.getChannel().position();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
