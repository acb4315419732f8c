package io.dualgrid.results;

import java.util.Locale;

/** Names of constants as users see them: {@code NOT_CONVERGED} is {@code not-converged}. */
public final class Labels {
  private Labels() {}

  /** The name of a constant in lower case with hyphens. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
