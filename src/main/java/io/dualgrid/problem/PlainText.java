package io.dualgrid.problem;

/** Text from files, for terminals: no character that a terminal would obey. */
public final class PlainText {
  private PlainText() {}

  /** The text with control characters, and those that turn the direction of writing, as �. */
  public static String of(String text) {
    if (isPrintableAscii(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
    return plain.toString();
  }

  /** Whether all of a text can be shown as it stands. */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(PlainText::isPlain);
  }

  /** By hand, as files with a fault in each of a million rows make as many messages. */
  private static boolean isPrintableAscii(String text) {
    for (int k = 0; k < text.length(); k++) {
      char c = text.charAt(k);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.LINE_SEPARATOR
        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR
        && Character.getType(c) != Character.SURROGATE;
  }
}
