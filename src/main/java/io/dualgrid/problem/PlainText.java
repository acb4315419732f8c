package io.dualgrid.problem;

/** Text from files, for terminals: no character that a terminal would obey. */
public final class PlainText {
  private PlainText() {}

  /** The text with control characters, and those that turn the direction of writing, as �. */
  public static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
    return plain.toString();
  }

  /** Whether all of a text can be shown as it stands. */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(PlainText::isPlain);
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.LINE_SEPARATOR
        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
        && Character.getType(c) != Character.SURROGATE;
  }
}
