package io.dualgrid.site;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;

/**
 * When the horizon of a case begins.
 *
 * @param start ISO 8601, with or without the difference to UTC
 * @param timeZone such as Europe/Berlin; empty where times keep the difference to UTC of start, or
 *     are local times of no stated zone
 */
public record CaseClock(String start, String timeZone) {
  private static final double SECONDS_OF_HOUR = 3600;

  /**
   * Checks that both can be read.
   *
   * @throws DateTimeException where one cannot
   */
  public CaseClock {
    first(start, timeZone);
  }

  /**
   * Beginnings of steps. In a time zone they go by its clock, so that a day on which clocks change
   * has 23 or 25 hours.
   *
   * @param steps how many
   * @param stepHours length of one
   * @return ISO 8601 to the second, with the difference to UTC where it is known
   */
  public List<String> times(int steps, double stepHours) {
    Temporal first = first(start, timeZone);
    DateTimeFormatter format =
        first instanceof LocalDateTime
            ? DateTimeFormatter.ISO_LOCAL_DATE_TIME
            : DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    List<String> times = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      long seconds = Math.round(step * stepHours * SECONDS_OF_HOUR);
      times.add(format.format(first.plus(seconds, ChronoUnit.SECONDS)));
    }
    return times;
  }

  private static Temporal first(String start, String timeZone) {
    TemporalAccessor read =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            start.strip().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
    if (timeZone.isEmpty()) {
      return (Temporal) read;
    }
    ZoneId zone = ZoneId.of(timeZone);
    return read instanceof OffsetDateTime instant
        ? instant.atZoneSameInstant(zone)
        : ZonedDateTime.of((LocalDateTime) read, zone);
  }
}
