package io.dualgrid.run;

import io.dualgrid.consensus.Algorithm;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import io.dualgrid.problem.NumberText;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which runs can switch devices on and off. */
final class OnOffSupport {
  private OnOffSupport() {}

  /**
   * Refuses a run that would read past states.
   *
   * @throws CaseException naming every device that has them
   */
  static void require(GridCase gridCase, RunSettings settings) {
    require(gridCase.name(), gridCase.nodes(), settings);
  }

  /**
   * The same for some of the nodes.
   *
   * @throws CaseException naming every device that has them
   */
  static void require(String caseName, List<Node> nodes, RunSettings settings) {
    if (settings.algorithm() == Algorithm.NEWTON) {
      return;
    }
    List<CaseProblem> problems = new ArrayList<>();
    for (Node node : nodes) {
      for (int k = 0; k < node.devices().size(); k++) {
        DeviceSpec device = node.devices().get(k);
        if (device.onOff().isAsked()) {
          problems.add(
              new CaseProblem(
                  "case.json",
                  CaseProblem.devicePlace("node " + node.id(), k, device.kind()),
                  "powerMinKw",
                  NumberText.show(device.onOff().powerMinKw()),
                  "algorithm "
                      + settings.algorithm().name().toLowerCase(Locale.ROOT)
                      + " has no prices by which a site could switch it on and off",
                  "run with --privacy ckks or none, whose algorithm newton has them, or write 0 if"
                      + " it may stand anywhere between zero and its largest power"));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new CaseException(caseName, problems);
    }
  }
}
