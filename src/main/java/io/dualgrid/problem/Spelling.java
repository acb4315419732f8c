package io.dualgrid.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a mistyped word may have meant: words at few edits from it, where an edit inserts, deletes
 * or replaces a character, or swaps two neighbours (optimal string alignment, a restricted
 * Damerau–Levenshtein distance).
 */
public final class Spelling {
  private static final int CHARACTERS_AN_EDIT = 3;
  private static final int MOST_SUGGESTIONS = 3;

  private Spelling() {}

  /**
   * The words that are meant most likely, the nearest first and three at most; a word counts as
   * near when a third of the characters are edited at most, or when it begins as was typed.
   *
   * @param typed by a person
   * @param words that there are
   */
  public static List<String> near(String typed, Collection<String> words) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / CHARACTERS_AN_EDIT);
    return words.stream()
        .filter(word -> !wanted.isBlank())
        .filter(word -> word.startsWith(wanted) || distance(wanted, word) <= limit)
        .sorted(Comparator.comparingInt(word -> distance(wanted, word)))
        .limit(MOST_SUGGESTIONS)
        .toList();
  }

  /** A question for people, such as "did you mean run or rum?"; empty when nothing is near. */
  public static String question(String typed, Collection<String> words) {
    List<String> near = near(typed, words);
    return near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?";
  }

  /** The same to end a message with, behind a semicolon. */
  public static String hint(String typed, Collection<String> words) {
    String question = question(typed, words);
    return question.isEmpty() ? "" : "; " + question;
  }

  /** That there is no such word, and what may have been meant. */
  public static String unknown(String kind, String typed, Collection<String> words) {
    return "there is no " + kind + " " + typed + hint(typed, words);
  }

  /** Edits between two words. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
