package io.dualgrid.caseio.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.OneRound;
import io.dualgrid.caseio.format.CsvTable;
import io.dualgrid.caseio.format.CsvTable.Dialect;
import io.dualgrid.problem.CaseProblem;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of rows; days on which clocks change are those of the JDK's time zones. */
@OneRound
class TimeColumnTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final List<CaseProblem> problems = new ArrayList<>();

  private Optional<TimeColumn.Span> read(String header, List<String> times) {
    String text = header + ";1\n" + String.join(";5\n", times) + ";5\n";
    CsvTable table =
        CsvTable.parse(
                "pv.csv", text.getBytes(StandardCharsets.UTF_8), Dialect.SPREADSHEET, problems::add)
            .orElseThrow();
    return TimeColumn.read(table, problems::add);
  }

  private static List<String> every(int minutes, LocalDateTime start, int rows, String pattern) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    List<String> times = new ArrayList<>();
    for (int k = 0; k < rows; k++) {
      times.add(format.format(start.plusMinutes((long) minutes * k)));
    }
    return times;
  }

  /** The local times of a whole day in Germany. */
  private static List<String> berlin(int minutes, int year, int month, int day, String pattern) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    var start = LocalDateTime.of(year, month, day, 0, 0).atZone(BERLIN);
    var end = start.plusDays(1);
    List<String> times = new ArrayList<>();
    for (var time = start; time.isBefore(end); time = time.plusMinutes(minutes)) {
      times.add(format.format(time));
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uuuu-MM-dd'T'HH:mm:ss",
        "uuuu-MM-dd HH:mm",
        "uuuu-MM-dd HH:mm:ss.SSS",
        "uuuu-MM-dd'T'HH:mm'Z'",
        "uuuu-MM-dd'T'HH:mm'+01:00'",
        "uuuu-MM-dd'T'HH:mm'+0100'",
        "dd.MM.uuuu HH:mm",
        "d.M.uuuu H:mm:ss",
        "d/M/uuuu H:mm",
        "M/d/uuuu H:mm",
        "M/d/uuuu h:mm a",
        "uuuu/MM/dd HH:mm",
      })
  void whatIsoAndSpreadsheetsWriteIsRead(String pattern) {
    // over midnight, the second and third of April, which are no days of another month in a row
    List<String> times = every(15, LocalDateTime.of(2024, 4, 2, 12, 0), 96, pattern);
    Optional<TimeColumn.Span> span = read("Time", times);
    assertThat(problems).isEmpty();
    assertThat(span.orElseThrow().stepSeconds()).isEqualTo(900);
    assertThat(span.orElseThrow().horizonHours()).isCloseTo(24.0, within(0.0));
    assertThat(span.orElseThrow().changesClock()).isFalse();
  }

  @Test
  void timesAloneGoOverMidnightAndDaysMayStandInTheirOwnColumn() {
    List<String> clock = every(30, LocalDateTime.of(2024, 4, 2, 12, 0), 48, "HH:mm");
    assertThat(read("zeit", clock).orElseThrow().horizonHours()).isCloseTo(24.0, within(0.0));
    List<String> two = every(60, LocalDateTime.of(2024, 4, 2, 12, 0), 48, "dd.MM.uuuu;HH:mm");
    assertThat(read("Datum;Zeit", two).orElseThrow().horizonHours()).isCloseTo(48.0, within(0.0));
    List<String> days = every(1440, LocalDateTime.of(2024, 1, 1, 0, 0), 366, "uuuu-MM-dd");
    assertThat(read("date", days).orElseThrow().horizonHours()).isCloseTo(8784.0, within(0.0));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2024,3,31,23", "2024,10,27,25", "2025,3,30,23", "2025,10,26,25", "2024,10,26,24"})
  void daysOnWhichClocksChangeHaveTheirHours(int year, int month, int day, double hours) {
    for (int minutes : new int[] {15, 30, 60}) {
      for (String pattern : List.of("dd.MM.uuuu HH:mm", "uuuu-MM-dd'T'HH:mmXXX")) {
        List<String> times = berlin(minutes, year, month, day, pattern);
        assertThat(times).hasSize((int) (hours * 60 / minutes));
        Optional<TimeColumn.Span> span = read("timestamp", times);
        assertThat(problems).isEmpty();
        assertThat(span.orElseThrow().horizonHours()).isCloseTo(hours, within(0.0));
        assertThat(span.orElseThrow().changesClock())
            .isEqualTo(hours != 24 && !pattern.endsWith("XXX"));
      }
    }
  }

  @Test
  void gapsDoublesAndTimesOutOfOrderAreNamedWithTheirRows() {
    List<String> gap = every(60, LocalDateTime.of(2024, 4, 2, 0, 0), 24, "uuuu-MM-dd HH:mm");
    gap.remove(5);
    assertThat(read("time", gap)).isEmpty();
    List<String> twice = every(60, LocalDateTime.of(2024, 4, 2, 0, 0), 24, "uuuu-MM-dd HH:mm");
    twice.add(5, twice.get(5));
    assertThat(read("time", twice)).isEmpty();
    List<String> back = every(60, LocalDateTime.of(2024, 4, 2, 0, 0), 24, "uuuu-MM-dd HH:mm");
    back.add(back.remove(5));
    assertThat(read("time", back)).isEmpty();
    assertThat(problems)
        .extracting(CaseProblem::toString)
        .containsExactly(
            "pv.csv: row 7: column time = 2024-04-02 06:00: is 120 minutes after the row above it,"
                + " where most rows are 60 minutes apart; add the missing rows",
            "pv.csv: row 8: column time = 2024-04-02 05:00: is there twice; remove one of the rows,"
                + " or write the difference to UTC where clocks change",
            "pv.csv: row 7: column time = 2024-04-02 06:00: is 120 minutes after the row above it,"
                + " where most rows are 60 minutes apart; add the missing rows",
            "pv.csv: row 25: column time = 2024-04-02 05:00: is earlier than the row above it;"
                + " sort the rows by time");
  }

  @Test
  void aSecondMissingHourOfANightIsAGap() {
    List<String> times = berlin(60, 2024, 3, 31, "uuuu-MM-dd HH:mm");
    times.remove(12);
    assertThat(read("time", times)).isEmpty();
    assertThat(problems).singleElement().asString().contains("is 120 minutes after");
  }

  @Test
  void daysThatAreNotInTheCalendarAndTimesWithAndWithoutOffsetAreNamed() {
    assertThat(read("time", List.of("2025-02-30 00:00", "2025-02-30 01:00"))).isEmpty();
    assertThat(read("time", List.of("31.04.2025 00:00", "31.04.2025 01:00"))).isEmpty();
    assertThat(read("time", List.of("2025-06-02T00:00", "2025-06-02T01:00Z"))).isEmpty();
    assertThat(problems)
        .extracting(CaseProblem::toString)
        .satisfiesExactly(
            one -> assertThat(one).contains("row 2: column time = 2025-02-30 00:00: is no time"),
            one -> assertThat(one).contains("row 2: column time = 31.04.2025 00:00: is no time"),
            one ->
                assertThat(one)
                    .contains("row 3: column time = 2025-06-02T01:00Z: is no time as those above"));
    problems.clear();
    assertThat(read("time", List.of("2025-06-02 23:00", "2025-06-02 24:00"))).isPresent();
    assertThat(problems).isEmpty();
  }

  /** 2 June 2024: 1717286400 s after 1970, 45445 days after 30 December 1899. */
  @ParameterizedTest
  @CsvSource({
    "1717286400, 1717286700",
    "1717286400000, 1717287300000",
    "45445, 45445.0104",
    "-86400, -85500",
    "20240602, 20240603"
  })
  void numbersThatAreTimesAreNamedWithTheirRow(String first, String second) {
    assertThat(read("time", List.of(first, second))).isEmpty();
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("pv.csv: row 2: column time = " + first + ": is a number, as of seconds since");
  }

  @Test
  void aColumnOfNumbersThatBeginsEmptyIsNamedWhereItsFirstIs() {
    assertThat(read("time", List.of("", "1717286400", "1717287300"))).isEmpty();
    assertThat(problems).singleElement().asString().contains("row 3: column time = 1717286400: is");
  }

  @Test
  void numbersOfRowsAndHoursAndEmptyColumnsSayNothing() {
    List<String> rows = new ArrayList<>();
    for (int k = 1; k <= 35_040; k++) {
      rows.add(Integer.toString(k));
    }
    assertThat(read("time", rows)).isEmpty();
    assertThat(read("time", List.of("0", "0.25", "0.5"))).isEmpty();
    assertThat(read("time", List.of("", "", ""))).isEmpty();
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+999999999-01-01", "-2024-06-02", "0000-06-02", "1899-12-30", "3000-01-01"})
  void yearsOfNoFeederAreNamed(String day) {
    assertThat(read("time", List.of(day + " 00:00", day + " 01:00"))).isEmpty();
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("row 2: column time = " + day + " 00:00: is not between the years 1900 and 2999");
  }

  @Test
  void textThatIsNoTimeIsNamedAndNumbersAreNoTimes() {
    List<String> times = every(60, LocalDateTime.of(2024, 4, 2, 0, 0), 24, "uuuu-MM-dd HH:mm");
    times.set(7, "noon");
    assertThat(read("time", times)).isEmpty();
    assertThat(read("time", List.of("a", "b"))).isEmpty();
    assertThat(problems)
        .extracting(CaseProblem::toString)
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .startsWith("pv.csv: row 9: column time = noon: is no time as those above it"),
            one ->
                assertThat(one).contains("row 2: column time = a: is no time that is understood"));
    problems.clear();
    assertThat(read("time", List.of("0", "1", "2"))).isEmpty();
    assertThat(read("hour", List.of("a", "b"))).isEmpty();
    assertThat(problems).isEmpty();
  }
}
