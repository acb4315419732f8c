package io.dualgrid.cli;

import io.dualgrid.problem.NumberText;
import io.dualgrid.run.VoltageMargin;
import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --voltage-margin} asks for.
 *
 * @param text as it was given; empty when it was not
 * @param search whether to find the margin by further runs
 * @param first margin of the first run
 */
record MarginChoice(String text, boolean search, VoltageMargin first) {
  /** The case's own limits, whatever AC says. */
  static final MarginChoice NONE = new MarginChoice("", false, VoltageMargin.NONE);

  private static final String AUTO = "auto";

  /** Whether the option was given. */
  boolean isAsked() {
    return !text.isEmpty();
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads it. */
  static final class Reader implements ITypeConverter<MarginChoice> {
    @Override
    public MarginChoice convert(String value) {
      if (value.equals(AUTO)) {
        return new MarginChoice(AUTO, true, VoltageMargin.NONE);
      }
      OptionalDouble margin = NumberText.parse(value);
      if (margin.isEmpty() || margin.getAsDouble() < 0.0) {
        throw new TypeConversionException(
            "'" + value + "' is neither auto nor a margin in p.u., such as 0.01");
      }
      return new MarginChoice(
          value, false, new VoltageMargin(margin.getAsDouble(), margin.getAsDouble()));
    }
  }
}
