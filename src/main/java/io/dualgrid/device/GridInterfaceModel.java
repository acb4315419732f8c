package io.dualgrid.device;

import io.dualgrid.device.DeviceSpec.GridInterface;

/** P = Pbuy − Psell; cost dt·(price_buy·Pbuy − price_sell·Psell). */
record GridInterfaceModel(GridInterface spec) implements DeviceModel {

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] buy = program.variables(0.0, horizon.perUnit(spec.buyMaxKw()));
    int[] sell = program.variables(0.0, horizon.perUnit(spec.sellMaxKw()));
    int[] reactiveBuy = program.reactiveWithin(buy, 1.0, spec.powerFactorMin());
    int[] reactiveSell = program.reactiveWithin(sell, 1.0, spec.powerFactorMin());
    double[] buyPrice = spec.buyPricePerKwh().sample(horizon.steps(), horizon.sampling());
    double[] sellPrice = spec.sellPricePerKwh().sample(horizon.steps(), horizon.sampling());
    for (int t = 0; t < buy.length; t++) {
      program.cost(buy[t], buyPrice[t] * horizon.stepHours());
      program.cost(sell[t], -sellPrice[t] * horizon.stepHours());
    }
    program.supply(Carrier.ACTIVE, buy, 1.0);
    program.supply(Carrier.ACTIVE, sell, -1.0);
    program.supply(Carrier.REACTIVE, reactiveBuy, 1.0);
    program.supply(Carrier.REACTIVE, reactiveSell, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "P_buy", "kW", buy, base);
    program.quantity(label, "P_sell", "kW", sell, base);
    program.quantity(label, "Q_buy", "kvar", reactiveBuy, base);
    program.quantity(label, "Q_sell", "kvar", reactiveSell, base);
  }
}
