package io.dualgrid.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.caseio.format.CaseLocator;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.Port;
import io.dualgrid.device.Sampling;
import io.dualgrid.protocol.Consensus;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.site.DesAssembler;
import io.dualgrid.site.GridCase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineEndTest {
  private static final GridCase SIX_BUS = CaseLocator.read("6-bus");

  private static LineEnd end() {
    Horizon horizon = Horizon.of(SIX_BUS.limits(), 24, Sampling.FIRST);
    Port port = new DesAssembler(SIX_BUS, horizon).assembleAll().get(1).ports().get(0);
    return new LineEnd(0, port, new BoundaryCodec.Plain(0, true, 0.5), LineMasks.NONE, 0.5);
  }

  @Test
  void theOtherCopyFollowsFromTheConsensusAndWhatWasSent() {
    LineEnd end = end();
    double[] sent = new double[end.x.length];
    Arrays.fill(sent, 3.0);
    end.seal(sent, 1);
    Arrays.fill(end.z, 4.0);
    double[] other = new double[end.x.length];
    end.readOther(other);
    assertThat(other).containsOnly(5.0);
  }

  /** The operator may send the consensus of what was sent last, once. */
  @Test
  void aConsensusOfOlderCopiesIsRefused() {
    LineEnd end = end();
    double[] values = new double[end.x.length];
    end.seal(values, 6);
    end.seal(values, 7);
    assertThatThrownBy(end::requireAgreed).isInstanceOf(ProtocolException.class);
    end.open(consensus(3, 7), end.z);
    end.requireAgreed();
    for (long[] numbers : new long[][] {{3, 7}, {2, 7}, {4, 6}, {4, 8}}) {
      assertThatThrownBy(() -> end.open(consensus(numbers[0], numbers[1]), end.z))
          .isInstanceOf(ProtocolException.class)
          .hasMessage("line 0: a consensus of older copies");
    }
    end.seal(values, 8);
    assertThatThrownBy(end::requireAgreed)
        .isInstanceOf(ProtocolException.class)
        .hasMessage("line 0: the operator goes on without its consensus");
  }

  private static Consensus consensus(long upstream, long downstream) {
    return new Consensus(
        0, true, upstream, downstream, new Payload.Plain(new double[72]), new byte[0]);
  }

  @Test
  void closingWipesItsValues() {
    LineEnd end = end();
    List<double[]> all = List.of(end.x, end.previousX, end.z, end.lambda);
    all.forEach(values -> Arrays.fill(values, 7.0));
    end.seal(end.x, 1);
    end.close();
    assertThat(all).allSatisfy(values -> assertThat(values).containsOnly(0.0));
    double[] other = new double[end.x.length];
    end.readOther(other); // (z − ½·sent)/½, so what was sent is gone, too
    assertThat(other).containsOnly(0.0);
  }
}
