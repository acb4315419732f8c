package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.OneRound;
import io.dualgrid.Samples;
import io.dualgrid.problem.CaseProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cells of any text, written as RFC 4180 has it, are read as they were. */
@OneRound
class CsvQuotingPropertyTest {
  private static final String[] PIECES = {
    "a", "7", ".5", ",", ";", "\"", "\"\"", "\n", "\t", "#", " ", "'", "é", "网", "-"
  };

  private static String cell(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i -> PIECES[random.nextInt(PIECES.length)])
        .collect(Collectors.joining());
  }

  private static String written(String cell, Random random) {
    boolean asked = cell.matches("(?s).*[,\"\n].*") || !cell.equals(cell.strip());
    return asked || random.nextBoolean() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  @Test
  void cellsAreReadAsTheyWereButForBlanksAround() {
    Samples.hold(
        1000,
        random -> {
          int columns = 2 + random.nextInt(4);
          List<String> header = IntStream.range(0, columns).mapToObj(i -> "column" + i).toList();
          List<List<String>> rows = new ArrayList<>();
          String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
          StringBuilder text = new StringBuilder(String.join(",", header)).append(lineEnd);
          int count = random.nextInt(6);
          for (int k = 0; k < count; k++) {
            List<String> cells = IntStream.range(0, columns).mapToObj(i -> cell(random)).toList();
            rows.add(cells.stream().map(String::strip).toList());
            text.append(
                    cells.stream()
                        .map(cell -> written(cell, random))
                        .collect(Collectors.joining(",")))
                .append(lineEnd);
          }
          // rows at the end that hold nothing are none
          while (!rows.isEmpty() && rows.get(rows.size() - 1).stream().allMatch(String::isEmpty)) {
            rows.remove(rows.size() - 1);
          }
          List<CaseProblem> problems = new ArrayList<>();
          CsvTable table =
              CsvTable.parse(
                      "x.csv",
                      text.toString().getBytes(StandardCharsets.UTF_8),
                      CsvTable.Dialect.STRICT,
                      problems::add)
                  .orElseThrow(() -> new AssertionError(problems + " in " + text));
          assertThat(table.header()).isEqualTo(header);
          assertThat(table.rows().stream().map(CsvTable.Row::cells).toList())
              .as(text.toString())
              .isEqualTo(rows);
        });
  }
}
