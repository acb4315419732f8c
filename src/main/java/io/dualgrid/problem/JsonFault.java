package io.dualgrid.problem;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * What a JSON reader stumbled over, for people: its place and the reason, without a word of what
 * was read, which may be private.
 */
public final class JsonFault {
  private JsonFault() {}

  /**
   * The fault as a problem of a file.
   *
   * @param file as messages name it
   * @param format that it should be in: JSON or YAML
   * @param remedy what to do about it
   */
  public static CaseProblem problem(
      String file, String format, JsonProcessingException e, String remedy) {
    String message = "is not valid " + format + ": " + reason(e);
    return new CaseProblem(file, place(e), "", "", message, remedy);
  }

  /** Row and column; empty for what has no place, as a limit of the reader. */
  public static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : "row " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  /**
   * The reason, without what the parser would have taken or what would make it, which is no help.
   */
  public static String reason(JsonProcessingException e) {
    String text = e.getOriginalMessage();
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    return first.startsWith("Unrecognized token") || first.startsWith("Non-standard token")
        ? first.replaceFirst(": (was expecting|enable) .*", "")
        : first;
  }
}
