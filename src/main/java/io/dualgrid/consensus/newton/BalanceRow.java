package io.dualgrid.consensus.newton;

/** Σuᵢ = 0 at one step, of active or of reactive injections: nothing but a price. */
final class BalanceRow implements CoupledRow {
  private double price;
  private double priceStep;

  BalanceRow(double price) {
    this.price = price;
  }

  @Override
  public double price() {
    return price;
  }

  @Override
  public int bounds() {
    return 0;
  }

  @Override
  public double inverse() {
    return 0.0;
  }

  @Override
  public double missed(double reached) {
    return reached;
  }

  @Override
  public void aim(double target, boolean secondOrder) {
    // an equation has no products
  }

  @Override
  public double rightHandSide(double reached) {
    return -reached;
  }

  @Override
  public void direct(double newPriceStep) {
    priceStep = newPriceStep;
  }

  @Override
  public double longestPrimalStep() {
    return 1.0;
  }

  @Override
  public double longestDualStep() {
    return 1.0;
  }

  @Override
  public double products(double primalStep, double dualStep) {
    return 0.0;
  }

  @Override
  public void move(double primalStep, double dualStep) {
    price += dualStep * priceStep;
  }
}
