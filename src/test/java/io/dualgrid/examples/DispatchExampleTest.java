package io.dualgrid.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.run.RunResult;
import io.dualgrid.run.RunStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchExampleTest {
  @TempDir Path folder;

  @Test
  void runsAndLeavesItsResults() {
    DispatchExample.Follower follower = new DispatchExample.Follower();
    RunResult result = DispatchExample.run("6-bus", follower, folder);
    assertThat(result.status()).isEqualTo(RunStatus.CONVERGED);
    assertThat(follower.seen).isEqualTo(result.iterations());
    assertThat(folder.resolve("dispatch.csv")).isNotEmptyFile();
    // the run ends by its certificate, 1e-4; the rest is room for the mismatch
    double optimum = DispatchExample.optimalCost("6-bus");
    assertThat(result.totalCost()).isCloseTo(optimum, within(1e-3 * optimum));
  }

  @Test
  void endsWhenAskedToAndKeepsWhatIsKnown() {
    DispatchExample.Follower follower = new DispatchExample.Follower();
    follower.stop();
    RunResult result = DispatchExample.run("6-bus", follower, folder);
    assertThat(result.status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(result.iterations()).isEqualTo(1);
    assertThat(folder.resolve("summary.json")).isNotEmptyFile();
  }
}
