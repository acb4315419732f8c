package io.dualgrid.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text that was right, with words replaced by odd ones, and lines left out, twice or swapped. */
public final class TextMutations {
  private static final int MOST_CHANGES = 4;
  private static final Pattern WORD = Pattern.compile("[\\w.+-]+|[^\\w\\s]");
  private static final List<String> ODD =
      List.of(
          "",
          "0",
          "-0",
          "-1",
          "1e308",
          "-1e308",
          "1e-320",
          "1e400",
          "NaN",
          "Inf",
          "-Inf",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9007199254740993",
          "1e9",
          "0.1e-9",
          "0x10",
          "1,5",
          "1.234.567",
          "1;2",
          "TRUE",
          "=1+1",
          "null",
          "true",
          "{}",
          "[]",
          "\"",
          "'",
          "[",
          "]",
          "(",
          ")",
          "{",
          "}",
          ";",
          ",",
          ":",
          "\n",
          "\r",
          "\t",
          "%{",
          "%",
          "#",
          "...",
          "//",
          "../x",
          "/",
          "\\",
          "\u0000",
          "\u001b[31m",
          "\uFEFF",
          "é",
          "\uD83D",
          "function",
          "end",
          "return",
          "mpc",
          "mpc.bus",
          "1:1e9",
          "zeros(1e5)",
          "zeros(1e6, 0)",
          "pi^pi",
          "-(-(-1))",
          "3",
          "4",
          "2025-03-30T02:30",
          "45306",
          "node",
          "GI",
          "P_load",
          "CHP",
          "file",
          "column");

  private TextMutations() {}

  /** A text with a few changes. */
  public static String mutant(Random random, String text) {
    String changed = text;
    for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
      changed = random.nextInt(4) == 0 ? lines(random, changed) : words(random, changed);
    }
    return changed;
  }

  private static String words(Random random, String text) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    if (words.isEmpty()) {
      return ODD.get(random.nextInt(ODD.size()));
    }
    MatchResult word = words.get(random.nextInt(words.size()));
    String odd =
        random.nextBoolean()
            ? ODD.get(random.nextInt(ODD.size()))
            : words.get(random.nextInt(words.size())).group();
    boolean inserted = random.nextInt(4) == 0;
    return text.substring(0, word.start())
        + odd
        + text.substring(inserted ? word.start() : word.end());
  }

  private static String lines(Random random, String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int one = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0:
        lines.remove(one);
        break;
      case 1:
        lines.add(one, lines.get(other));
        break;
      case 2:
        lines.addAll(one, Collections.nCopies(1 + random.nextInt(2000), lines.get(one)));
        break;
      default:
        Collections.swap(lines, one, other);
        break;
    }
    return String.join("\n", lines);
  }
}
