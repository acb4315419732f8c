package io.dualgrid.qp.nativeqp;

import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.dualgrid.natives.NativeWorkspace;
import io.dualgrid.qp.NewtonKernel;
import io.dualgrid.qp.QpException;
import io.dualgrid.qp.QuadraticProgram;

/** {@link NewtonKernel} in C: the numbers of the one in Java, four right-hand sides at a time. */
public final class NativeNewtonKernel implements NewtonKernel {
  // The order of enum dualgrid_qp_state.
  private static final int ROW_RESIDUAL = 0;
  private static final int DUAL_RESIDUAL = 1;
  private static final int PRESENT_PRODUCTS = 2;
  private static final int STATE_COUNT = 3;

  // The order of enum dualgrid_qp_outlook.
  private static final int PRIMAL_STEP = 0;
  private static final int DUAL_STEP = 1;
  private static final int PRODUCTS = 2;
  private static final int PRODUCT_COUNT = 4;

  private final NativeQpFunctions functions;
  private final String name;
  private final int couplings;
  private final int bounds;
  private final NativeWorkspace kernel;
  private final double[] state = new double[STATE_COUNT];
  private final double[] outlook = new double[PRODUCTS + PRODUCT_COUNT];

  /**
   * Loads the library when nothing has yet, and analyses.
   *
   * @param program its linear term is the cost; copied
   * @param coupled the coupled variables, all different; copied
   * @throws io.dualgrid.natives.NativeLibraryException when the library is missing
   * @throws QpException when it refuses the program; the message says why
   */
  public NativeNewtonKernel(QuadraticProgram program, int[] coupled) {
    this(NativeQpLibrary.load().functions(), program, coupled);
  }

  NativeNewtonKernel(NativeQpFunctions functions, QuadraticProgram program, int[] coupled) {
    this.functions = functions;
    name = program.name();
    couplings = coupled.length;
    IntByReference counted = new IntByReference();
    kernel =
        new NativeWorkspace(
            name,
            created -> create(program, coupled, counted, created),
            functions::dualgrid_qp_newton_error,
            functions::dualgrid_qp_newton_destroy,
            QpException::new);
    bounds = counted.getValue();
  }

  private int create(
      QuadraticProgram program, int[] coupled, IntByReference counted, PointerByReference created) {
    return functions.dualgrid_qp_newton_create(
        program.variableCount(),
        program.rowCount(),
        program.quadratic().columnPointers(),
        program.quadratic().rowIndices(),
        program.quadratic().values(),
        program.quadratic().nonZeros(),
        program.linear(),
        program.constraints().columnPointers(),
        program.constraints().rowIndices(),
        program.constraints().values(),
        program.constraints().nonZeros(),
        program.lower(),
        program.upper(),
        coupled,
        coupled.length,
        counted,
        created);
  }

  @Override
  public int bounds() {
    return bounds;
  }

  @Override
  public void start(double[] prices) {
    kernel.check(pointer -> functions.dualgrid_qp_newton_start(pointer, prices, prices.length));
  }

  @Override
  public void factorise(double[] prices) {
    kernel.check(
        pointer ->
            functions.dualgrid_qp_newton_factorise(
                pointer, prices, prices.length, state, STATE_COUNT));
    // until the next direction, whose own products begin with it
    outlook[PRODUCTS] = state[PRESENT_PRODUCTS];
  }

  @Override
  public void sensitivities(double[] packed) {
    kernel.check(
        pointer -> functions.dualgrid_qp_newton_sensitivities(pointer, packed, packed.length));
  }

  @Override
  public void aim(double target, boolean secondOrder, double[] response) {
    kernel.check(
        pointer ->
            functions.dualgrid_qp_newton_aim(
                pointer, target, secondOrder ? 1 : 0, response, response.length));
  }

  @Override
  public void direct(double[] priceStep) {
    kernel.check(
        pointer ->
            functions.dualgrid_qp_newton_direct(
                pointer, priceStep, priceStep.length, outlook, outlook.length));
  }

  @Override
  public double longestPrimalStep() {
    return outlook[PRIMAL_STEP];
  }

  @Override
  public double longestDualStep() {
    return outlook[DUAL_STEP];
  }

  @Override
  public void products(double[] coefficients) {
    System.arraycopy(outlook, PRODUCTS, coefficients, 0, PRODUCT_COUNT);
  }

  @Override
  public void move(double primalStep, double dualStep) {
    kernel.check(pointer -> functions.dualgrid_qp_newton_move(pointer, primalStep, dualStep));
  }

  @Override
  public void coupled(double[] values) {
    read(values);
  }

  @Override
  public double cost() {
    return read(new double[couplings]);
  }

  private double read(double[] values) {
    DoubleByReference cost = new DoubleByReference();
    kernel.check(
        pointer -> functions.dualgrid_qp_newton_coupled(pointer, values, values.length, cost));
    return cost.getValue();
  }

  @Override
  public double rowResidual() {
    return state[ROW_RESIDUAL];
  }

  @Override
  public double dualResidual() {
    return state[DUAL_RESIDUAL];
  }

  @Override
  public void close() {
    kernel.close();
  }
}
