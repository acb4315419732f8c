package io.dualgrid.cli;

import java.util.Locale;

/** Figures as the terminal shows them; the decimal point is a point everywhere. */
final class Numbers {
  private Numbers() {}

  /** Three significant digits in powers of ten, a dash for what is not a number. */
  static String scientific(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2e", value) : "-";
  }

  /** Two significant digits in powers of ten, a dash for what is not a number. */
  static String rough(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : "-";
  }

  /** Two decimals, a dash for what is not a number. */
  static String money(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.equals("-0.00") ? "0.00" : text;
  }

  /** A share in percent, with sign. */
  static String percent(double share) {
    if (!Double.isFinite(share)) {
      return "-";
    }
    String text = String.format(Locale.ROOT, "%+.4f %%", 100.0 * share);
    return text.equals("-0.0000 %") ? "+0.0000 %" : text;
  }

  /** Seconds, with as many decimals as matter. */
  static String seconds(double value) {
    return String.format(Locale.ROOT, value < 10.0 ? "%.2f s" : "%.1f s", value);
  }

  /** A rate or another figure in about three digits. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, value < 10.0 ? "%.1f" : "%.0f", value);
  }

  /** A time as m:ss, or h:mm:ss from an hour on. */
  static String clock(double seconds) {
    long whole = (long) seconds;
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
