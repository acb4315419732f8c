package io.dualgrid.caseio.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.device.DeviceCodec;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.site.CaseClock;
import io.dualgrid.site.CaseFacts;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** The fields of case.json that only readers of results take, each of which may be missing. */
public final class FactsCodec {
  private static final String CURRENCY = "currency";

  /** Time of the first row. */
  public static final String START = "start";

  /** Zone that times go by. */
  public static final String TIME_ZONE = "timeZone";

  private static final String GRID_CO2 = "gridCo2KgPerKwh";
  private static final String GAS_CO2 = "gasCo2KgPerKwh";

  /** Names of them all. */
  public static final List<String> FIELDS = List.of(CURRENCY, START, TIME_ZONE, GRID_CO2, GAS_CO2);

  private FactsCodec() {}

  /** Whether a field holds a number. */
  public static boolean isNumber(String field) {
    return field.equals(GRID_CO2) || field.equals(GAS_CO2);
  }

  /**
   * Reads them, where what is there is of the right type.
   *
   * @param json an object with these fields among others
   * @param file for messages
   * @param problems takes what is no time or no time zone
   */
  public static CaseFacts read(JsonNode json, String file, Consumer<CaseProblem> problems) {
    return new CaseFacts(
        text(json, CURRENCY),
        clock(text(json, START), text(json, TIME_ZONE), file, problems),
        number(json.path(GRID_CO2)),
        number(json.path(GAS_CO2)));
  }

  private static Optional<CaseClock> clock(
      String start, String timeZone, String file, Consumer<CaseProblem> problems) {
    if (start.isEmpty() && timeZone.isEmpty()) {
      return Optional.empty();
    }
    if (start.isEmpty()) {
      return refused(
          file,
          TIME_ZONE,
          timeZone,
          "says nothing without a start",
          "write the time of the first row as start, such as 2024-01-15T00:00",
          problems);
    }
    try {
      new CaseClock(start, "");
    } catch (DateTimeException e) {
      return refused(
          file,
          START,
          start,
          "is no time",
          "write it as 2024-01-15T00:00, with or without the difference to UTC (+01:00)",
          problems);
    }
    try {
      return Optional.of(new CaseClock(start, timeZone));
    } catch (DateTimeException e) {
      return refused(
          file,
          TIME_ZONE,
          timeZone,
          "is no time zone",
          "write it as Europe/Berlin or UTC",
          problems);
    }
  }

  private static Optional<CaseClock> refused(
      String file,
      String field,
      String value,
      String message,
      String remedy,
      Consumer<CaseProblem> problems) {
    problems.accept(new CaseProblem(file, "", field, value, message, remedy));
    return Optional.empty();
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.get(field).textValue() : "";
  }

  private static OptionalDouble number(JsonNode json) {
    return json.isNumber() ? OptionalDouble.of(json.doubleValue()) : OptionalDouble.empty();
  }

  /** Writes those that are known. */
  static void write(CaseFacts facts, JsonGenerator json) throws IOException {
    if (!facts.currency().isEmpty()) {
      json.writeStringField(CURRENCY, facts.currency());
    }
    if (facts.clock().isPresent()) {
      json.writeStringField(START, facts.clock().get().start());
      if (!facts.clock().get().timeZone().isEmpty()) {
        json.writeStringField(TIME_ZONE, facts.clock().get().timeZone());
      }
    }
    write(GRID_CO2, facts.gridCo2KgPerKwh(), json);
    write(GAS_CO2, facts.gasCo2KgPerKwh(), json);
  }

  private static void write(String field, OptionalDouble value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeFieldName(field);
      json.writeTree(DeviceCodec.number(value.getAsDouble()));
    }
  }
}
