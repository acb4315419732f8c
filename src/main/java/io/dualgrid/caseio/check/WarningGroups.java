package io.dualgrid.caseio.check;

import io.dualgrid.problem.CaseProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warnings of one kind as one warning, so that a large case does not bury the others. */
public final class WarningGroups {
  private static final int SHOWN_ALONE = 3;

  private WarningGroups() {}

  /** Groups of more than three become the one with the largest value, and a count. */
  public static List<CaseProblem> of(List<CaseProblem> warnings) {
    Map<String, List<CaseProblem>> groups = new LinkedHashMap<>();
    for (CaseProblem warning : warnings) {
      String kind = warning.field() + "|" + warning.message().replaceAll("[-+\\d.eE]+", "0");
      groups.computeIfAbsent(kind, key -> new ArrayList<>()).add(warning);
    }
    List<CaseProblem> told = new ArrayList<>();
    for (List<CaseProblem> group : groups.values()) {
      if (group.size() <= SHOWN_ALONE) {
        told.addAll(group);
        continue;
      }
      CaseProblem largest = group.get(0);
      for (CaseProblem one : group) {
        largest = size(one) > size(largest) ? one : largest;
      }
      told.add(
          new CaseProblem(
              largest.file(),
              largest.place() + " and " + (group.size() - 1) + " more",
              largest.field(),
              largest.value(),
              largest.message(),
              largest.remedy()));
    }
    return told;
  }

  private static double size(CaseProblem warning) {
    try {
      return Math.abs(Double.parseDouble(warning.value()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
