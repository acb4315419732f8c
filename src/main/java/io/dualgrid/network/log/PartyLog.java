package io.dualgrid.network.log;

import io.dualgrid.files.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * Where a party's process logs to. Everything goes through the logging of the platform, that of
 * gRPC and Netty too, of which warnings are taken: what they say of single frames would show
 * messages.
 */
public final class PartyLog implements AutoCloseable {
  /** Loggers of this program. */
  static final String OWN = "io.dualgrid";

  // loggers are forgotten, and their levels with them, when nobody holds them
  private final List<Logger> held;
  private final Handler handler;

  private PartyLog(Handler handler, Level own) {
    this.handler = handler;
    Logger root = Logger.getLogger("");
    Logger program = Logger.getLogger(OWN);
    LogManager.getLogManager().reset();
    root.setLevel(Level.WARNING);
    root.addHandler(handler);
    program.setLevel(own);
    held = List.of(root, program);
  }

  /**
   * Logs to a file, which is added to; its owner alone reads it.
   *
   * @throws IOException when it cannot be written
   */
  public static PartyLog to(Path file, String party) throws IOException {
    try {
      Files.createFile(file, OwnerOnly.file());
    } catch (FileAlreadyExistsException e) {
      // of an earlier process
    }
    return to(Files.newOutputStream(file, StandardOpenOption.APPEND), party);
  }

  /** Logs to a stream, which is flushed after each line. */
  public static PartyLog to(OutputStream stream, String party) {
    return new PartyLog(new Lines(stream, new JsonLines(party)), Level.INFO);
  }

  /** Logs nothing, since people are told; warnings of libraries are shown to them. */
  public static PartyLog none(PrintWriter people) {
    return new PartyLog(new Shown(people), Level.OFF);
  }

  @Override
  public void close() {
    held.forEach(logger -> logger.removeHandler(handler));
    handler.close();
  }

  private static final class Lines extends StreamHandler {
    Lines(OutputStream stream, Formatter formatter) {
      super(stream, formatter);
      setLevel(Level.ALL);
      try {
        setEncoding(StandardCharsets.UTF_8.name());
      } catch (IOException e) {
        throw new IllegalStateException("every platform has UTF-8", e);
      }
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      super.publish(entry);
      flush();
    }
  }

  private static final class Shown extends Handler {
    private final PrintWriter people;

    Shown(PrintWriter people) {
      this.people = people;
    }

    @Override
    public void publish(LogRecord entry) {
      people.println("warning: " + entry.getLoggerName() + ": " + entry.getMessage());
    }

    @Override
    public void flush() {
      people.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
