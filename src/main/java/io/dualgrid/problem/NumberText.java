package io.dualgrid.problem;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as text: read strictly, written shortest without loss. */
public final class NumberText {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
  private static final Pattern THREE_AFTER_COMMA = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+");
  private static final Pattern NOT_A_NUMBER =
      Pattern.compile("[+-]?(nan|inf|infinity|#n/a|n/a|na|null|none|-)", Pattern.CASE_INSENSITIVE);

  private static final MathContext SHOWN_DIGITS = new MathContext(12);

  private NumberText() {}

  /** The value of a plain decimal number with a point; empty for anything else. */
  public static OptionalDouble parse(String text) {
    String trimmed = text.strip();
    if (!isNumber(trimmed)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(trimmed);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** An optional sign, digits with at most one point among them, an optional exponent. */
  private static boolean isNumber(String text) {
    // by hand: profiles have tens of thousands of numbers, and a pattern takes long to warm up
    int begin = afterSign(text, 0);
    int point = afterDigits(text, begin);
    int end = point;
    if (point < text.length() && text.charAt(point) == '.') {
      end = afterDigits(text, point + 1);
      if (end - begin == 1) {
        return false;
      }
    }
    if (end == begin) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = afterSign(text, end + 1);
      end = afterDigits(text, exponent);
      return end > exponent && end == text.length();
    }
    return end == text.length();
  }

  private static int afterSign(String text, int at) {
    boolean sign = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
    return sign ? at + 1 : at;
  }

  private static int afterDigits(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** Why a text is no number. */
  public static String complaint(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return "has no value";
    }
    if (THREE_AFTER_COMMA.matcher(trimmed).matches()) {
      return "has a comma";
    }
    if (DECIMAL_COMMA.matcher(trimmed).matches()) {
      return "has a decimal comma";
    }
    if (NOT_A_NUMBER.matcher(trimmed).matches()) {
      return "is not a finite number";
    }
    if (isNumber(trimmed)) {
      return "is too large for a number";
    }
    return "is not a number";
  }

  /** What to write instead of a text that is no number. */
  public static String remedy(String text) {
    String trimmed = text.strip();
    if (THREE_AFTER_COMMA.matcher(trimmed).matches()) {
      String thousands = trimmed.replace(",", "");
      return DECIMAL_COMMA.matcher(trimmed).matches()
          ? "write "
              + thousands
              + " if the comma separates thousands, "
              + trimmed.replace(',', '.')
              + " if it is a decimal comma"
          : "write it without thousands separators: " + thousands;
    }
    if (DECIMAL_COMMA.matcher(trimmed).matches()) {
      return "write it with a decimal point: " + trimmed.replace(',', '.');
    }
    return "write a number such as 12.5, without units or thousands separators";
  }

  /** The shortest plain text that reads back as the same value. */
  public static String format(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value));
    return Math.abs(decimal.scale()) <= 30 ? decimal.toPlainString() : Double.toString(value);
  }

  /** A plain text of a computed value for people, without the noise of the last digits. */
  public static String show(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SHOWN_DIGITS);
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = rounded.stripTrailingZeros();
    return Math.abs(shortest.scale()) <= 30 ? shortest.toPlainString() : shortest.toString();
  }
}
