package io.dualgrid.edge;

import io.dualgrid.edge.newton.SitePoint;
import io.dualgrid.runtime.Step;
import io.dualgrid.site.SiteProgram;

/**
 * The root of a sweep: it meets the flows of its lines at least cost, with its own devices only.
 */
final class RootSupply {
  private final EdgeSystem edge;
  private final SiteProgram program;

  RootSupply(EdgeSystem edge, SiteProgram program) {
    this.edge = edge;
    this.program = program;
  }

  /**
   * Its answer to flows.
   *
   * @param flows a point of its own program, of which the flows of its lines count; not modified
   * @return the point with those flows, or null where there is none
   */
  double[] meet(double[] flows) {
    edge.clock().start();
    int steps = program.steps();
    double[] injections = new double[2 * steps];
    for (LineEnd line : edge.ends()) {
      for (int t = 0; t < steps; t++) {
        injections[t] += flows[line.port.active()[t]];
        injections[steps + t] += flows[line.port.reactive()[t]];
      }
    }
    double[] x = SitePoint.serve(program, injections, edge.boundingSolvers());
    edge.clock().lap(Step.CERTIFY);
    if (x == null) {
      return null;
    }
    double[] point = program.ownSolution(x);
    for (LineEnd line : edge.ends()) {
      for (int t = 0; t < steps; t++) {
        point[line.port.active()[t]] = flows[line.port.active()[t]];
        point[line.port.reactive()[t]] = flows[line.port.reactive()[t]];
      }
    }
    return point;
  }
}
