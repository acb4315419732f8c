package io.dualgrid.run;

import io.dualgrid.device.DeviceSpec;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;

/** Which runs can switch devices on and off. */
final class OnOffSupport {
  private OnOffSupport() {}

  /**
   * Refuses a run that would read past states.
   *
   * @throws CaseException naming every device that has them
   */
  static void require(GridCase gridCase, RunSettings settings) {
    List<CaseProblem> problems = new ArrayList<>();
    for (Node node : gridCase.nodes()) {
      for (int k = 0; k < node.devices().size(); k++) {
        DeviceSpec device = node.devices().get(k);
        if (device.onOff().isAsked()) {
          problems.add(
              new CaseProblem(
                  "case.json",
                  CaseProblem.devicePlace("node " + node.id(), k, device.kind()),
                  "powerMinKw",
                  NumberText.show(device.onOff().powerMinKw()),
                  "runs do not switch devices on and off",
                  "use central --integers, or write 0 if it may stand anywhere between zero and its"
                      + " largest power"));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new CaseException(gridCase.name(), problems);
    }
  }
}
