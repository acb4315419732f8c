package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Profile;
import io.dualgrid.device.load.PowerLoad;
import io.dualgrid.problem.CaseException;
import io.dualgrid.site.GridCase;
import io.dualgrid.site.GridCase.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptionRangeTest {
  /** The 6-bus case with a constant load more at its last node. */
  private static GridCase withLoad(double powerKw) {
    GridCase plain = SixBus.CASE;
    List<Node> nodes = new ArrayList<>(plain.nodes());
    Node last = nodes.remove(nodes.size() - 1);
    double[] values = new double[96];
    Arrays.fill(values, powerKw);
    List<DeviceSpec> devices = new ArrayList<>(last.devices());
    devices.add(new PowerLoad(new Profile("huge.csv", "load", 1.0, values)));
    nodes.add(new Node(last.id(), last.name(), devices));
    return new GridCase(
        plain.name(), plain.source(), plain.limits(), nodes, plain.lines(), plain.tree());
  }

  @Test
  void aLoadBeyondTheRangeIsRefusedWithTheLineAndTheWayOut() {
    GridCase gridCase = withLoad(2e6);
    int last = gridCase.nodes().get(gridCase.nodes().size() - 1).id();
    assertThatThrownBy(
            () ->
                DispatchEngine.run(
                    gridCase,
                    SixBus.settings(Privacy.CKKS).toBuilder().maxIterations(1).threads(1).build(),
                    RunObserver.NONE))
        .isInstanceOf(CaseException.class)
        .hasMessageContaining("-" + last)
        .hasMessageContaining("256000 kW")
        .hasMessageContaining("set basePowerKw to 10000, or run with --privacy rmme or none");
  }

  @Test
  void halfTheRangeIsLeftToCopiesThatOvershoot() {
    RunSettings settings = SixBus.settings(Privacy.DUAL);
    // what the case itself has is some 6 MW
    assertThat(EncryptionRange.problems(withLoad(0.24e6), settings, CkksParameters.compact()))
        .isEmpty();
    assertThat(EncryptionRange.problems(withLoad(0.26e6), settings, CkksParameters.compact()))
        .isNotEmpty();
  }
}
