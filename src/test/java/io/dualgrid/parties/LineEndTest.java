package io.dualgrid.parties;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.site.DesAssembler;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineEndTest {
  private static LineEnd end() {
    RunSettings settings = RunSettings.defaults();
    Horizon horizon = Horizon.of(SixBus.CASE.limits(), settings.steps(), settings.sampling());
    Port port = new DesAssembler(SixBus.CASE, horizon).assembleAll().get(1).ports().get(0);
    return new LineEnd(0, port, new BoundaryCodec.Plain(0, true, 0.5), 0.5);
  }

  @Test
  void theOtherCopyFollowsFromTheConsensusAndWhatWasSent() {
    LineEnd end = end();
    double[] sent = new double[end.x.length];
    Arrays.fill(sent, 3.0);
    end.seal(sent);
    Arrays.fill(end.z, 4.0);
    double[] other = new double[end.x.length];
    end.readOther(other);
    assertThat(other).containsOnly(5.0);
  }

  @Test
  void closingWipesItsValues() {
    LineEnd end = end();
    List<double[]> all = List.of(end.x, end.previousX, end.z, end.lambda);
    all.forEach(values -> Arrays.fill(values, 7.0));
    end.seal(end.x);
    end.close();
    assertThat(all).allSatisfy(values -> assertThat(values).containsOnly(0.0));
    double[] other = new double[end.x.length];
    end.readOther(other); // (z − ½·sent)/½, so what was sent is gone, too
    assertThat(other).containsOnly(0.0);
  }
}
