package io.dualgrid.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * What the operator tells an edge of one of its lines.
 *
 * @param line index of the line
 * @param from node it starts from
 * @param to node it ends in
 * @param weight of the edge's own copy in the consensus, between 0 and 1
 * @param flowPenalty of P and Q where the algorithm starts, thousand units of money per p.u.²; of
 *     it and of the next, accelerated edges take only a part where there is a hub
 * @param voltagePenalty of V, likewise
 */
public record LineSetup(
    int line, int from, int to, double weight, double flowPenalty, double voltagePenalty) {
  private static final int BYTES = 3 * Integer.BYTES + 3 * Double.BYTES;

  /** Checks the weights. */
  public LineSetup {
    if (!(weight > 0 && weight < 1 && flowPenalty >= 0 && voltagePenalty >= 0)) {
      throw WireReader.malformed("weights of line " + line + " that no line has");
    }
  }

  static void writeAll(List<LineSetup> lines, WireWriter out) {
    out.i32(lines.size());
    for (LineSetup one : lines) {
      out.i32(one.line).i32(one.from).i32(one.to);
      out.f64(one.weight).f64(one.flowPenalty).f64(one.voltagePenalty);
    }
  }

  static List<LineSetup> readAll(WireReader in) {
    int count = in.lengthOf(BYTES);
    List<LineSetup> lines = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      lines.add(
          new LineSetup(
              in.count(Integer.MAX_VALUE),
              in.count(Integer.MAX_VALUE),
              in.count(Integer.MAX_VALUE),
              in.finite(),
              in.finite(),
              in.finite()));
    }
    return lines;
  }
}
