package io.dualgrid.caseio.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.caseio.ImportNotice;
import io.dualgrid.caseio.ImportReport;
import io.dualgrid.problem.CaseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose profiles tell their times. */
class TimedTablesTest {
  private static final String PARAMETERS =
      "node,device,parameter,value\n,limits,nominalVoltageKv,0.4\n";

  @TempDir Path parent;
  private Path tables;

  @BeforeEach
  void writeTables() throws IOException {
    tables = Files.createDirectory(parent.resolve("street"));
    write("devices.csv", "node,GI,P_load\n1,1,0\n2,0,1\n");
    write("lines.csv", "from,to,resistanceOhm,reactanceOhm\n1,2,0.01,0.004\n");
    write("parameters.csv", PARAMETERS);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(tables.resolve(name), text);
  }

  private ImportReport built() throws IOException {
    return TableBuilder.build(tables, parent.resolve("case"), true);
  }

  /** Hourly rows of 27 October 2024 in Germany: two o'clock is there twice. */
  private void writeLongDay() throws IOException {
    StringBuilder load = new StringBuilder("time,2\n");
    StringBuilder price = new StringBuilder("buyPricePerKwh\n");
    for (int k = 0; k < 25; k++) {
      load.append(String.format("27.10.2024 %02d:00,%d%n", k < 3 ? k : k - 1, 10 + k));
      price.append("0.3\n");
    }
    write("p_load.csv", load.toString());
    write("prices.csv", price.toString());
  }

  @Test
  void theHorizonIsThatOfTheTimes() throws IOException {
    writeLongDay();
    ImportReport report = built();
    assertThat(report.gridCase().limits().horizonHours()).isCloseTo(25.0, within(0.0));
    assertThat(report.gridCase().limits().profileRows()).isEqualTo(25);
    assertThat(report.warnings()).isEmpty();
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "limits: horizonHours 25 by column time of p_load.csv: 25 rows of 60 minutes from"
                + " 27.10.2024 00:00, over a change of clocks")
        .noneMatch(notice -> notice.contains("horizonHours 24"));
  }

  /** Central European time is an hour ahead of UTC, two in summer, which ends at three. */
  @Test
  void timesOfResultsFollowTheClockOfTheZone() throws IOException {
    writeLongDay();
    write("parameters.csv", PARAMETERS + ",case,timeZone,Europe/Berlin\n");
    assertThat(built().gridCase().facts().times(25, 1.0))
        .contains(
            "2024-10-27T00:00:00+02:00",
            "2024-10-27T02:00:00+02:00",
            "2024-10-27T02:00:00+01:00",
            "2024-10-27T23:00:00+01:00")
        .hasSize(25);
  }

  @Test
  void withoutAZoneSuchADayHasNoTimesAndSaysSo() throws IOException {
    writeLongDay();
    ImportReport report = built();
    assertThat(report.gridCase().facts().clock()).isEmpty();
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .anyMatch(notice -> notice.startsWith("case: no start, as clocks change"));
  }

  @Test
  void zonesAndStartsThatNobodyKnowsAreRefused() throws IOException {
    writeLongDay();
    write("parameters.csv", PARAMETERS + ",case,timeZone,Europe/Bärlin\n");
    assertThatThrownBy(this::built)
        .hasMessageContaining("timeZone = Europe/Bärlin: is no time zone");
    write("parameters.csv", PARAMETERS + ",case,start,noon\n");
    assertThatThrownBy(this::built).hasMessageContaining("start = noon: is no time");
  }

  @Test
  void aFactorBelowZeroIsRefusedWithItsRow() throws IOException {
    writeLongDay();
    write("parameters.csv", PARAMETERS + ",case,gridCo2KgPerKwh,-1\n");
    assertThatThrownBy(this::built)
        .hasMessageContaining("parameters.csv: row ")
        .hasMessageContaining("gridCo2KgPerKwh = -1: must not be negative");
  }

  @Test
  void withoutTimesRowsOfSuchADayAreWarnedAbout() throws IOException {
    writeLongDay();
    write("p_load.csv", Files.readString(tables.resolve("p_load.csv")).replaceAll("(?m)^.*,", ""));
    ImportReport report = built();
    assertThat(report.gridCase().limits().horizonHours()).isCloseTo(24.0, within(0.0));
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .contains("profileRows = 25: makes rows of 57.6 minutes", "write horizonHours 25");
  }

  /** Whoever mends what is wrong only to hear of the rows then has been told half of it. */
  @Test
  void rowsOfSuchADayAreToldBesideWhatIsWrong() throws IOException {
    writeLongDay();
    write("p_load.csv", Files.readString(tables.resolve("p_load.csv")).replaceAll("(?m)^.*,", ""));
    write("parameters.csv", PARAMETERS + ",limits,baseImpedanceOhm,100\n");
    assertThatThrownBy(this::built)
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(": 1 problem")
        .hasMessageContaining("parameters.csv: row 3: parameter = baseImpedanceOhm: follows from")
        .hasMessageContaining("warning: parameters.csv: limits: profileRows = 25: makes rows of")
        .hasMessageContaining("write horizonHours 25");
  }

  @Test
  void aHorizonThatTheTimesContradictIsRefused() throws IOException {
    writeLongDay();
    write("parameters.csv", PARAMETERS + ",limits,horizonHours,24\n");
    assertThatThrownBy(this::built)
        .isInstanceOf(CaseException.class)
        .hasMessageContaining(
            "parameters.csv: row 3: horizonHours = 24: is not that of column time of p_load.csv,"
                + " 25 h");
  }

  @Test
  void timesOfTwoTablesThatDifferAreRefused() throws IOException {
    write("p_load.csv", "time,2\n2024-04-02 00:00,5\n2024-04-02 12:00,6\n");
    write("prices.csv", "time,price\n2024-04-02 00:00,0.2\n2024-04-02 06:00,0.3\n");
    assertThatThrownBy(this::built)
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("2 rows of 720 minutes from 2024-04-02 00:00")
        .hasMessageContaining("2 rows of 360 minutes from 2024-04-02 00:00");
    write("prices.csv", "Date,price\n2/4/2024 0:00,0.2\n2/4/2024 12:00,0.3\n");
    assertThat(built().gridCase().limits().horizonHours()).isCloseTo(24.0, within(0.0));
    write("prices.csv", "Date,price\n3/4/2024 0:00,0.2\n3/4/2024 12:00,0.3\n");
    assertThatThrownBy(this::built)
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("make the times of all tables the same");
  }

  @Test
  void timesOfAWorkbookAreItsDates() throws IOException {
    Path book = parent.resolve("street.xlsx");
    try (OutputStream stream = Files.newOutputStream(book);
        Workbook workbook = new Workbook(stream, "test", "1.0")) {
      for (String name : new String[] {"devices", "lines", "parameters"}) {
        Worksheet sheet = workbook.newWorksheet(name);
        String[] lines = Files.readString(tables.resolve(name + ".csv")).split("\n");
        for (int row = 0; row < lines.length; row++) {
          String[] cells = lines[row].split(",");
          for (int column = 0; column < cells.length; column++) {
            sheet.value(row, column, cells[column]);
          }
        }
      }
      Worksheet load = workbook.newWorksheet("p_load");
      Worksheet prices = workbook.newWorksheet("prices");
      load.value(0, 0, "time");
      load.value(0, 1, 2);
      prices.value(0, 0, "price");
      for (int k = 1; k <= 72; k++) {
        // kept as days since 1900, of which a third of an hour is no whole part
        load.value(k, 0, LocalDateTime.of(2024, 4, 2, 0, 0).plusMinutes(20 * (k - 1)));
        load.style(k, 0).format("yyyy-mm-dd hh:mm").set();
        load.value(k, 1, 5);
        prices.value(k, 0, 0.2);
      }
    }
    ImportReport report = TableBuilder.build(book, parent.resolve("case"), true);
    assertThat(report.gridCase().limits().profileRows()).isEqualTo(72);
    assertThat(report.notices())
        .extracting(ImportNotice::toString)
        .contains(
            "limits: horizonHours 24 by column time of sheet p_load: 72 rows of 20 minutes from"
                + " 2024-04-02");
  }
}
