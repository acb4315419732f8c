package io.dualgrid.cases;

import java.util.List;

/**
 * Something an import repaired, assumed or left out.
 *
 * @param message what and why
 * @param where the files or places it applies to, at least one
 */
public record ImportNotice(String message, List<String> where) {
  private static final int SHOWN = 3;

  /** Copies the list. */
  public ImportNotice {
    where = List.copyOf(where);
  }

  /** The notice in one line, with the first few places. */
  @Override
  public String toString() {
    int more = where.size() - SHOWN;
    String places = String.join(", ", where.subList(0, Math.min(SHOWN, where.size())));
    return places + (more > 0 ? " and " + more + " more" : "") + ": " + message;
  }
}
