package io.dualgrid.cli;

import io.dualgrid.results.Labels;
import io.dualgrid.run.RunSettings;
import java.util.ArrayList;
import java.util.List;

/** Settings as options again, for the command line of another process. */
final class RunArguments {
  private RunArguments() {}

  static List<String> of(RunSettings settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--privacy=" + Labels.of(settings.privacy()),
                "--qp=" + settings.qpBackend(),
                "--ckks=" + settings.ckksBackend(),
                "--ckks-parameters=" + Labels.of(settings.ckksParameters()),
                "--mask=" + Labels.of(settings.mask()),
                "--mask-lifetime=" + settings.maskLifetime(),
                "--steps=" + settings.steps(),
                "--sampling=" + Labels.of(settings.sampling()),
                "--stopping=" + Labels.of(settings.stopping()),
                "--algorithm=" + Labels.of(settings.algorithm()),
                "--gap-tolerance=" + settings.gapTolerance(),
                "--sensitivities=" + Labels.of(settings.sensitivities()),
                "--max-iterations=" + settings.maxIterations(),
                "--threads=" + settings.threads(),
                "--on-bad-answer=" + Labels.of(settings.onBadAnswer())));
    if (settings.allowExposedSums()) {
      arguments.add("--allow-exposed-sums");
    }
    return arguments;
  }
}
