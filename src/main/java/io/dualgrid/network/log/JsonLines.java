package io.dualgrid.network.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * A log record as a line of JSON: {@code time} (ISO 8601, UTC), {@code level}, {@code party},
 * {@code run} and what else is said of the moment, {@code logger}, {@code message} and, with an
 * exception, {@code stack}. Whatever is in a message stays within its line.
 */
final class JsonLines extends Formatter {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String party;

  /** For a process of a party. */
  JsonLines(String party) {
    this.party = party;
  }

  @Override
  public String format(LogRecord entry) {
    String logger = entry.getLoggerName() == null ? "" : entry.getLoggerName();
    ObjectNode line = MAPPER.createObjectNode();
    line.put("time", entry.getInstant().toString());
    line.put("level", entry.getLevel().getName());
    line.put("party", party);
    if (logger.startsWith(PartyLog.OWN)) {
      // threads of libraries may have been started in another run
      LogContext.current().fields().forEach(line::put);
    }
    line.put("logger", logger);
    line.put("message", formatMessage(entry));
    if (entry.getThrown() != null) {
      StringWriter stack = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(stack));
      line.put("stack", stack.toString());
    }
    try {
      return MAPPER.writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts always have a JSON form", e);
    }
  }
}
