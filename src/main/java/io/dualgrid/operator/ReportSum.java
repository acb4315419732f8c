package io.dualgrid.operator;

import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumTotal;
import java.util.ArrayList;
import java.util.List;

/** How the operator adds up what the energy systems report. */
interface ReportSum {
  /** Adds plain reports, in the order of the energy systems. */
  ReportSum PLAIN =
      new ReportSum() {
        @Override
        public Payload add(long round, List<Payload> reports) {
          double[] sum = null;
          for (Payload report : reports) {
            if (!(report instanceof Payload.Plain plain)) {
              throw new ProtocolException(
                  AbortCode.UNEXPECTED, "a masked report where none was agreed");
            }
            sum = sum == null ? new double[plain.values().length] : sum;
            if (plain.values().length != sum.length) {
              throw new ProtocolException(
                  AbortCode.MALFORMED,
                  "reports of " + plain.values().length + " and " + sum.length + " numbers");
            }
            for (int i = 0; i < sum.length; i++) {
              sum[i] += plain.values()[i];
            }
          }
          return new Payload.Plain(sum);
        }

        @Override
        public double[] sum(long round, List<Payload> reports) {
          return ((Payload.Plain) add(round, reports)).values();
        }
      };

  /**
   * Adds up, and reads nothing.
   *
   * @param round number of the phase among all
   * @param reports one of each energy system, in order
   */
  Payload add(long round, List<Payload> reports);

  /**
   * Adds up and reads.
   *
   * @param round number of the phase among all
   * @param reports one of each energy system, in order
   * @return the sums
   */
  double[] sum(long round, List<Payload> reports);

  /** Adds masked reports: no single one can be read. */
  static ReportSum masked(int parties) {
    SecureSumAggregator aggregator = new SecureSumAggregator(parties);
    FixedPoint scale = FixedPoint.forReports(parties);
    return new ReportSum() {
      private SecureSumTotal total(long round, List<Payload> reports) {
        List<SecureSumContribution> contributions = new ArrayList<>();
        for (Payload report : reports) {
          if (!(report instanceof Payload.Hidden hidden)) {
            throw new ProtocolException(
                AbortCode.NOT_AUTHENTIC, "a report in the clear where masks were agreed");
          }
          contributions.add(SecureSumContribution.fromBytes(hidden.bytes()));
        }
        return aggregator.add(round, contributions);
      }

      @Override
      public Payload add(long round, List<Payload> reports) {
        return new Payload.Hidden(total(round, reports).toBytes());
      }

      @Override
      public double[] sum(long round, List<Payload> reports) {
        return total(round, reports).read(parties, scale);
      }
    };
  }
}
