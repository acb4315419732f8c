package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.GridInterface;

/**
 * P = Pbuy − Psell; cost dt·(price_buy·Pbuy − price_sell·Psell). With a smallest power factor Q
 * comes in two parts, beside Pbuy and beside Psell; without one it is free within its limits.
 */
record GridInterfaceModel(GridInterface spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] buy = program.variables(0.0, horizon.perUnit(spec.buyMaxKw()));
    int[] sell = program.variables(0.0, horizon.perUnit(spec.sellMaxKw()));
    double[] buyPrice = spec.buyPricePerKwh().sample(horizon.steps(), horizon.sampling());
    double[] sellPrice = spec.sellPricePerKwh().sample(horizon.steps(), horizon.sampling());
    for (int t = 0; t < buy.length; t++) {
      program.cost(buy[t], buyPrice[t] * horizon.stepHours());
      program.cost(sell[t], -sellPrice[t] * horizon.stepHours());
    }
    program.supply(Carrier.ACTIVE, buy, 1.0);
    program.supply(Carrier.ACTIVE, sell, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "P_buy", "kW", buy, base);
    program.quantity(label, "P_sell", "kW", sell, base);
    double least =
        GridInterface.isGiven(spec.reactiveMinKvar())
            ? horizon.perUnit(spec.reactiveMinKvar())
            : Double.NEGATIVE_INFINITY;
    double most =
        GridInterface.isGiven(spec.reactiveMaxKvar())
            ? horizon.perUnit(spec.reactiveMaxKvar())
            : Double.POSITIVE_INFINITY;
    int[] reactiveBuy;
    int[] reactiveSell;
    if (GridInterface.isGiven(spec.powerFactorMin())) {
      reactiveBuy = program.reactiveWithin(buy, 1.0, spec.powerFactorMin());
      reactiveSell = program.reactiveWithin(sell, 1.0, spec.powerFactorMin());
      limit(program, reactiveBuy, reactiveSell, least, most);
      program.supply(Carrier.REACTIVE, reactiveSell, -1.0);
      program.quantity(label, "Q_buy", "kvar", reactiveBuy, base);
      program.quantity(label, "Q_sell", "kvar", reactiveSell, base);
    } else {
      reactiveBuy = program.variables(least, most);
      program.quantity(label, "Q_buy", "kvar", reactiveBuy, base);
      program.fixedQuantity(label, "Q_sell", "kvar", new double[buy.length]);
    }
    program.supply(Carrier.REACTIVE, reactiveBuy, 1.0);
  }

  private static void limit(
      DesProgramBuilder program, int[] buy, int[] sell, double least, double most) {
    if (Double.isInfinite(least) && Double.isInfinite(most)) {
      return;
    }
    for (int t = 0; t < buy.length; t++) {
      program.row(new int[] {buy[t], sell[t]}, new double[] {1.0, -1.0}, least, most);
    }
  }
}
