package io.dualgrid.qp;

import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/** An independent solver, for tests: ojAlgo's modelling layer and whatever it picks below it. */
public final class ReferenceSolver {
  private ReferenceSolver() {}

  /** The optimum of a small program; fails unless it is optimal. */
  public static double[] solve(QuadraticProgram program) {
    Optimisation.Result result = solveAny(program);
    if (!result.getState().isOptimal()) {
      throw new AssertionError(program.name() + ": reference solver says " + result.getState());
    }
    return result.toRawCopy1D();
  }

  /** The outcome of a small program, whatever it is. */
  public static Optimisation.Result solveAny(QuadraticProgram program) {
    int n = program.variableCount();
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Variable[] variables = new Variable[n];
    for (int j = 0; j < n; j++) {
      variables[j] = model.newVariable("x" + j).weight(program.linear()[j]);
    }
    SparseMatrix quadratic = program.quadratic();
    if (java.util.Arrays.stream(quadratic.values()).anyMatch(value -> value != 0)) {
      Expression objective = model.newExpression("quadratic").weight(1.0);
      for (int j = 0; j < n; j++) {
        for (int k = quadratic.columnPointers()[j]; k < quadratic.columnPointers()[j + 1]; k++) {
          int i = quadratic.rowIndices()[k];
          double value = quadratic.values()[k];
          if (value != 0) {
            objective.set(variables[i], variables[j], i == j ? 0.5 * value : value);
          }
        }
      }
    }
    SparseMatrix rows = program.constraints().transpose();
    for (int i = 0; i < program.rowCount(); i++) {
      Expression row = model.newExpression("row" + i);
      for (int k = rows.columnPointers()[i]; k < rows.columnPointers()[i + 1]; k++) {
        row.set(variables[rows.rowIndices()[k]], rows.values()[k]);
      }
      if (Double.isFinite(program.lower()[i])) {
        row.lower(program.lower()[i]);
      }
      if (Double.isFinite(program.upper()[i])) {
        row.upper(program.upper()[i]);
      }
    }
    return model.minimise();
  }
}
