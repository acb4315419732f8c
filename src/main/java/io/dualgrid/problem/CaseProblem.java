package io.dualgrid.problem;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with a case, or doubtful, in a form that says what to do about it.
 *
 * @param file the file, as the user would name it
 * @param place the node, device, line or row; empty when the whole file is meant
 * @param field the field or column; empty when none in particular is meant
 * @param value the offending value as it stands in the file; empty when something is missing
 * @param message what is wrong
 * @param remedy the way out
 */
public record CaseProblem(
    String file, String place, String field, String value, String message, String remedy) {
  private static final int MAX_VALUE_LENGTH = 80;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Shortens long values, and takes out what a terminal would obey; no part may be null. */
  public CaseProblem {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    file = PlainText.of(file);
    place = PlainText.of(place);
    field = PlainText.of(field);
    message = PlainText.of(message);
    remedy = PlainText.of(remedy);
    value = PlainText.of(SPACES.matcher(value).replaceAll(" "));
    if (value.length() > MAX_VALUE_LENGTH) {
      value = value.substring(0, MAX_VALUE_LENGTH) + "…";
    }
  }

  /** The place of a device in messages; devices are counted from one. */
  public static String devicePlace(String node, int index, String kind) {
    return node + ", device " + (index + 1) + " (" + kind + ")";
  }

  /** The problem in one line: file, place, field, value, message, way out. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(file);
    if (!place.isEmpty()) {
      line.append(": ").append(place);
    }
    if (!field.isEmpty()) {
      line.append(": ").append(field);
    }
    if (!value.isEmpty()) {
      line.append(field.isEmpty() ? ": " : " = ").append(value);
    }
    line.append(": ").append(message);
    if (!remedy.isEmpty()) {
      line.append("; ").append(remedy);
    }
    return line.toString();
  }
}
