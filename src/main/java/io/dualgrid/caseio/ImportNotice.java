package io.dualgrid.caseio;

import io.dualgrid.problem.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something an import repaired, assumed or left out.
 *
 * @param message what and why
 * @param where the files or places it applies to, at least one
 */
public record ImportNotice(String message, List<String> where) {
  private static final int SHOWN = 3;
  private static final Pattern DEVICE = Pattern.compile("(\\w+) at node (\\d+)");

  /** Copies the list. */
  public ImportNotice {
    where = List.copyOf(where);
  }

  /**
   * The notice in one line: all devices, gathered by kind, and the first few of any other places.
   */
  @Override
  public String toString() {
    Map<String, List<String>> nodes = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (String place : where) {
      Matcher device = DEVICE.matcher(place);
      if (device.matches()) {
        nodes.computeIfAbsent(device.group(1), kind -> new ArrayList<>()).add(device.group(2));
      } else {
        others.add(place);
      }
    }
    List<String> places = new ArrayList<>();
    nodes.forEach(
        (kind, ids) ->
            places.add(
                kind + (ids.size() == 1 ? " at node " : " at nodes ") + String.join(", ", ids)));
    int more = others.size() - SHOWN;
    places.addAll(others.subList(0, Math.min(SHOWN, others.size())));
    return PlainText.of(whole(places, more));
  }

  private String whole(List<String> places, int more) {
    return String.join(", ", places) + (more > 0 ? " and " + more + " more" : "") + ": " + message;
  }
}
