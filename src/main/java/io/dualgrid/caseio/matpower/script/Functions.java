package io.dualgrid.caseio.matpower.script;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The constants and functions that a script may use; there are no others. */
final class Functions {
  static final Map<String, Double> CONSTANTS =
      Map.of(
          "pi", Math.PI,
          "Inf", Double.POSITIVE_INFINITY,
          "inf", Double.POSITIVE_INFINITY,
          "eps", Math.ulp(1.0));

  static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      Map.ofEntries(
          Map.entry("sqrt", Math::sqrt),
          Map.entry("abs", Math::abs),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos),
          Map.entry("tan", Math::tan),
          Map.entry("asin", Math::asin),
          Map.entry("acos", Math::acos),
          Map.entry("atan", Math::atan),
          Map.entry("exp", Math::exp),
          Map.entry("log", Math::log),
          Map.entry("log10", Math::log10));

  /** Functions of a size that make a matrix of one value. */
  static final Map<String, Double> FILLINGS = Map.of("zeros", 0.0, "ones", 1.0);

  private Functions() {}

  /** Whether a name without a variable behind it means something here. */
  static boolean isKnown(String name) {
    return CONSTANTS.containsKey(name)
        || FUNCTIONS.containsKey(name)
        || FILLINGS.containsKey(name)
        || name.equals("define_constants")
        || Columns.of(name) != null;
  }
}
