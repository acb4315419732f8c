package io.dualgrid.caseio.tables;

import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The times of the rows of a table: ISO 8601, or as spreadsheet programs write them. All steps must
 * be one, whether date and time stand in one column or in two; in local times, one hour may be
 * missing or there twice in the night of a Sunday, when clocks change. Gaps, doubles and times out
 * of order are problems with their rows.
 */
final class TimeColumn {
  private static final Set<String> NAMES =
      Set.of("time", "timestamp", "datetime", "date", "zeit", "zeitstempel", "datum");
  private static final long HOUR = 3600;
  private static final int LAST_HOUR_OF_CHANGE = 4;
  private static final int TOLD = 3;

  /** Above any first number of rows or hours, below seconds since 1970 and days since 1900. */
  private static final double LEAST_SERIAL = 10_000;

  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2999;

  private static final String REMEDY =
      "write times as 2024-01-15 06:30, with or without the difference to UTC (+01:00)";

  /** Day before month and month before day, the same digits otherwise. */
  private static final String DAY_FIRST = "d/M/uuuu[ H:mm[:ss]]";

  private static final String MONTH_FIRST = "M/d/uuuu[ H:mm[:ss]]";

  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          format("uuuu-MM-dd['T'][' '][HH:mm[:ss][.SSS]][XXX][XX]"),
          format("uuuu/M/d[ H:mm[:ss]]"),
          format("d.M.uuuu[ H:mm[:ss]]"),
          format(DAY_FIRST),
          format(MONTH_FIRST),
          format("M/d/uuuu h:mm[:ss] a"),
          format("H:mm[:ss]"));

  /**
   * What a column of times tells.
   *
   * @param file of the column
   * @param column its name
   * @param first time as written
   * @param day the same in ISO 8601, with the difference to UTC where it is written; empty where no
   *     day is told
   * @param start the same, in UTC where the difference to it is written
   * @param rows how many
   * @param stepSeconds from row to row
   * @param changesClock whether an hour is missing or there twice
   */
  record Span(
      String file,
      String column,
      String first,
      String day,
      LocalDateTime start,
      int rows,
      long stepSeconds,
      boolean changesClock) {
    double horizonHours() {
      return (double) rows * stepSeconds / HOUR;
    }

    /** Whether the times are those of another table; the first, as written there, may differ. */
    boolean agrees(Span other) {
      return rows == other.rows
          && stepSeconds == other.stepSeconds
          && changesClock == other.changesClock
          && start.equals(other.start);
    }

    /** In words. */
    String text() {
      return rows
          + " rows of "
          + NumberText.show(stepSeconds / 60.0)
          + " minutes from "
          + first
          + (changesClock ? ", over a change of clocks" : "");
    }
  }

  private final CsvTable table;
  private final String column;
  private final Consumer<CaseProblem> problems;
  private final List<String> cells;

  private TimeColumn(CsvTable table, List<String> columns, Consumer<CaseProblem> problems) {
    this.table = table;
    this.column = String.join(", ", columns);
    this.problems = problems;
    this.cells =
        table.rows().stream()
            .map(
                row ->
                    columns.stream()
                        .map(column -> table.cell(row, column))
                        .collect(Collectors.joining(" ")))
            .toList();
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ROOT);
  }

  /** Whether a column of this name holds times. */
  static boolean isName(String header) {
    return NAMES.contains(header.toLowerCase(Locale.ROOT));
  }

  /**
   * Reads the times of a table.
   *
   * @param problems takes what is wrong with them
   * @return empty where there are none: no such column, a single row, numbers of rows alone, or
   *     problems
   */
  static Optional<Span> read(CsvTable table, Consumer<CaseProblem> problems) {
    List<String> columns = table.header().stream().filter(TimeColumn::isName).toList();
    if (columns.isEmpty() || table.rows().size() < 2) {
      return Optional.empty();
    }
    TimeColumn times = new TimeColumn(table, columns, problems);
    boolean numbers =
        times.cells.stream().allMatch(cell -> cell.isEmpty() || table.number(cell).isPresent());
    return numbers ? times.none() : times.span();
  }

  /** Numbers alone: of rows or hours, which say nothing, or of seconds or days, which are times. */
  private Optional<Span> none() {
    for (int row = 0; row < cells.size(); row++) {
      OptionalDouble number = table.number(cells.get(row));
      if (number.isPresent()) {
        if (Math.abs(number.getAsDouble()) >= LEAST_SERIAL) {
          problem(row, "is a number, as of seconds since 1970 or days since 1900", REMEDY);
        }
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Span> span() {
    List<List<TemporalAccessor>> readings = new ArrayList<>();
    int farthest = 0;
    for (DateTimeFormatter format : FORMATS) {
      List<TemporalAccessor> parsed = parsed(format);
      farthest = Math.max(farthest, parsed.size());
      if (parsed.size() == cells.size()) {
        readings.add(parsed);
      }
    }
    if (readings.isEmpty()) {
      problem(
          farthest,
          farthest == 0 ? "is no time that is understood" : "is no time as those above it",
          REMEDY);
      return Optional.empty();
    }
    if (readings.size() > 1) {
      // 3/4/2024 is a day in March and one in April: the reading without gaps counts
      List<CaseProblem> unheard = new ArrayList<>();
      List<Span> sound = new ArrayList<>();
      readings.forEach(reading -> span(reading, unheard::add).ifPresent(sound::add));
      if (sound.size() == 1) {
        return Optional.of(sound.get(0));
      }
      boolean same = sound.stream().map(Span::stepSeconds).distinct().count() == 1;
      if (sound.size() > 1 && same) {
        return Optional.of(sound.get(0));
      }
      if (sound.size() > 1) {
        problem(0, "may be day/month or month/day", "write dates as 2024-01-15");
        return Optional.empty();
      }
    }
    return span(readings.get(0), problems);
  }

  /** The cells from the first on as long as they are of one form. */
  private List<TemporalAccessor> parsed(DateTimeFormatter format) {
    List<TemporalAccessor> parsed = new ArrayList<>();
    for (String cell : cells) {
      try {
        TemporalAccessor time = time(resolving(format, cell).parse(cell.strip()));
        if (!parsed.isEmpty() && hasOffset(time) != hasOffset(parsed.get(0))) {
          break;
        }
        parsed.add(time);
      } catch (DateTimeException e) {
        break;
      }
    }
    return parsed;
  }

  /** Midnight may be 24:00 of the day before; the 30th of February is no day. */
  private static DateTimeFormatter resolving(DateTimeFormatter format, String cell) {
    return format.withResolverStyle(
        cell.contains("24:00") ? ResolverStyle.SMART : ResolverStyle.STRICT);
  }

  private static boolean hasOffset(TemporalAccessor time) {
    return time instanceof OffsetDateTime;
  }

  /**
   * By the fields that are there; the queries of the formatter would throw for each that is not.
   */
  private static TemporalAccessor time(TemporalAccessor fields) {
    boolean dated = fields.isSupported(ChronoField.EPOCH_DAY);
    boolean clock = fields.isSupported(ChronoField.SECOND_OF_DAY);
    if (dated && clock) {
      return fields.isSupported(ChronoField.OFFSET_SECONDS)
          ? OffsetDateTime.from(fields)
          : LocalDateTime.from(fields);
    }
    return dated ? LocalDate.from(fields) : LocalTime.from(fields);
  }

  private Optional<Span> span(List<TemporalAccessor> times, Consumer<CaseProblem> told) {
    boolean local = times.stream().noneMatch(TimeColumn::hasOffset);
    boolean dated = times.stream().noneMatch(LocalTime.class::isInstance);
    int first = moment(times.get(0)).getYear();
    if (dated && (first < FIRST_YEAR || first > LAST_YEAR)) {
      told.accept(
          problemAt(0, "is not between the years " + FIRST_YEAR + " and " + LAST_YEAR, REMEDY));
      return Optional.empty();
    }
    long[] steps = new long[times.size() - 1];
    for (int k = 0; k < steps.length; k++) {
      long seconds = Duration.between(moment(times.get(k)), moment(times.get(k + 1))).toSeconds();
      steps[k] = !dated && seconds < 0 ? seconds + 24 * HOUR : seconds;
    }
    long step = usual(steps);
    int changes = 0;
    int wrong = 0;
    for (int k = 0; k < steps.length; k++) {
      if (steps[k] == step) {
        continue;
      }
      if (local && dated && changes == 0 && isChange(steps[k], step, moment(times.get(k + 1)))) {
        changes++;
      } else if (wrong++ < TOLD) {
        tell(k + 1, steps[k], step, told);
      }
    }
    if (step <= 0 || wrong > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Span(
            table.file(),
            column,
            cells.get(0),
            dated ? day(times.get(0)) : "",
            moment(times.get(0)),
            cells.size(),
            step,
            changes > 0));
  }

  private static String day(TemporalAccessor time) {
    return hasOffset(time) ? time.toString() : moment(time).toString();
  }

  private static LocalDateTime moment(TemporalAccessor time) {
    if (time instanceof OffsetDateTime instant) {
      return instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    if (time instanceof LocalDateTime moment) {
      return moment;
    }
    return time instanceof LocalDate day
        ? day.atStartOfDay()
        : LocalDate.EPOCH.atTime((LocalTime) time);
  }

  /** The most frequent step above zero, the smallest of several; 0 when there is none. */
  private static long usual(long[] steps) {
    Map<Long, Integer> counts = new HashMap<>();
    for (long step : steps) {
      if (step > 0) {
        counts.merge(step, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(0L);
  }

  private static boolean isChange(long found, long step, LocalDateTime after) {
    return step <= HOUR
        && Math.abs(found - step) == HOUR
        && after.getDayOfWeek() == DayOfWeek.SUNDAY
        && after.getHour() < LAST_HOUR_OF_CHANGE;
  }

  private void tell(int row, long found, long step, Consumer<CaseProblem> told) {
    String message;
    String remedy;
    if (found == 0) {
      message = "is there twice";
      remedy = "remove one of the rows, or write the difference to UTC where clocks change";
    } else if (found < 0) {
      message = "is earlier than the row above it";
      remedy = "sort the rows by time";
    } else {
      message =
          "is "
              + NumberText.show(found / 60.0)
              + " minutes after the row above it, where most rows are "
              + NumberText.show(step / 60.0)
              + " minutes apart";
      remedy = found > step ? "add the missing rows" : "make all steps the same";
    }
    told.accept(problemAt(row, message, remedy));
  }

  private void problem(int row, String message, String remedy) {
    problems.accept(problemAt(row, message, remedy));
  }

  private CaseProblem problemAt(int row, String message, String remedy) {
    return new CaseProblem(
        table.file(),
        "row " + table.rows().get(row).number(),
        "column " + column,
        cells.get(row),
        message,
        remedy);
  }
}
