package io.dualgrid.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.run.DispatchSeries;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchCsvTest {
  private static final List<DispatchSeries> DISPATCH =
      List.of(
          new DispatchSeries("1", "BT", "P", "kW", new double[] {1.23456789}),
          new DispatchSeries("0-1", "line", "P_z", "kW", new double[] {-12.3456789}),
          new DispatchSeries("0-1", "line", "V_z", "p.u.", new double[] {0.987654321}));

  private static String text(DispatchCsv csv) throws IOException {
    StringWriter out = new StringWriter();
    csv.writeTo(out);
    return out.toString();
  }

  /** 1e-5 per unit is 0.01 kW on a base of 1000 kW. */
  @Test
  void decryptedValuesAreRoundedToTheStoppingTolerance() throws IOException {
    assertThat(text(DispatchCsv.rounded(DISPATCH, 1000.0, RowEnds.NONE)).lines())
        .containsExactly(
            "node,device,quantity,unit,step,value",
            "1,BT,P,kW,0,1.23456789",
            "0-1,line,P_z,kW,0,-12.35",
            "0-1,line,V_z,p.u.,0,0.98765");
  }

  @Test
  void valuesThatWereNeverEncryptedStayExact() throws IOException {
    assertThat(text(DispatchCsv.exact(DISPATCH, RowEnds.NONE)))
        .contains("-12.3456789", "0.987654321");
  }
}
