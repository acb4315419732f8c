package io.dualgrid.operator;

import io.dualgrid.protocol.AbortCode;
import io.dualgrid.protocol.Payload;
import io.dualgrid.protocol.ProtocolException;
import io.dualgrid.securesum.FixedPoint;
import io.dualgrid.securesum.SecureSumAggregator;
import io.dualgrid.securesum.SecureSumContribution;
import io.dualgrid.securesum.SecureSumTotal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** How the operator adds up what the energy systems report, all at once or part by part. */
interface ReportSum {
  /** Adds plain reports, in the order of the energy systems. */
  ReportSum PLAIN =
      new ReportSum() {
        @Override
        public Payload add(long round, List<Payload> reports) {
          double[] sum = null;
          for (Payload report : reports) {
            double[] values = read(round, report);
            sum = sum == null ? new double[values.length] : sum;
            if (values.length != sum.length) {
              throw new ProtocolException(
                  AbortCode.MALFORMED,
                  "reports of " + values.length + " and " + sum.length + " numbers");
            }
            for (int i = 0; i < sum.length; i++) {
              sum[i] += values[i];
            }
          }
          return new Payload.Plain(sum);
        }

        @Override
        public Payload merge(long round, List<Payload> totals) {
          return add(round, totals);
        }

        @Override
        public double[] read(long round, Payload total) {
          if (total instanceof Payload.Plain plain) {
            return plain.values();
          }
          throw new ProtocolException(
              AbortCode.UNEXPECTED, "a masked report where none was agreed");
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
   * Adds up what has been added up of parts, and reads nothing.
   *
   * @param round number of the phase among all
   * @param totals of parts that hold each energy system once, together
   */
  Payload merge(long round, List<Payload> totals);

  /**
   * Reads the sum over all energy systems.
   *
   * @param round number of the phase among all
   */
  double[] read(long round, Payload total);

  /** Adds masked reports of all: no single one can be read. */
  static ReportSum masked(int parties) {
    BitSet all = new BitSet();
    all.set(0, parties);
    return masked(parties, all);
  }

  /**
   * Adds masked reports of a part of all.
   *
   * @param parties number of all
   * @param members the part, of which {@link #add} takes reports
   */
  static ReportSum masked(int parties, BitSet members) {
    SecureSumAggregator aggregator = new SecureSumAggregator(parties, members);
    FixedPoint scale = FixedPoint.forReports(parties);
    return new ReportSum() {
      private byte[] bytes(Payload payload) {
        if (payload instanceof Payload.Hidden hidden) {
          return hidden.bytes();
        }
        throw new ProtocolException(
            AbortCode.NOT_AUTHENTIC, "a report in the clear where masks were agreed");
      }

      @Override
      public Payload add(long round, List<Payload> reports) {
        List<SecureSumContribution> contributions = new ArrayList<>();
        reports.forEach(
            report -> contributions.add(SecureSumContribution.fromBytes(bytes(report))));
        return new Payload.Hidden(aggregator.add(round, contributions).toBytes());
      }

      @Override
      public Payload merge(long round, List<Payload> totals) {
        SecureSumTotal sum =
            totals.stream()
                .map(total -> SecureSumTotal.fromBytes(bytes(total)))
                .reduce(SecureSumTotal::plus)
                .orElseThrow();
        return new Payload.Hidden(sum.toBytes());
      }

      @Override
      public double[] read(long round, Payload total) {
        return SecureSumTotal.fromBytes(bytes(total)).of(round).read(parties, scale);
      }
    };
  }
}
