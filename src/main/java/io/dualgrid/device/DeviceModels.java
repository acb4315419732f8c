package io.dualgrid.device;

/**
 * The model of each kind of device; a new kind is added here, in the case format, and nowhere else.
 */
public final class DeviceModels {
  private DeviceModels() {}

  public static DeviceModel of(DeviceSpec spec) {
    if (spec instanceof DeviceSpec.PowerLoad load) {
      return new FixedLoad(Carrier.ACTIVE, load.powerKw(), "P", "kW");
    }
    if (spec instanceof DeviceSpec.ReactiveLoad load) {
      return new FixedLoad(Carrier.REACTIVE, load.powerKvar(), "Q", "kvar");
    }
    if (spec instanceof DeviceSpec.HeatLoad load) {
      return new FixedLoad(Carrier.HEAT, load.heatKw(), "H", "kW");
    }
    if (spec instanceof DeviceSpec.Photovoltaic plant) {
      return new Renewable(plant.availableKw(), plant.powerFactorMin());
    }
    if (spec instanceof DeviceSpec.WindPower plant) {
      return new Renewable(plant.availableKw(), plant.powerFactorMin());
    }
    if (spec instanceof DeviceSpec.CombinedHeatPower plant) {
      return new CombinedHeatPowerModel(plant);
    }
    if (spec instanceof DeviceSpec.Battery battery) {
      return new BatteryModel(battery);
    }
    if (spec instanceof DeviceSpec.HeatStore store) {
      return new HeatStoreModel(store);
    }
    if (spec instanceof DeviceSpec.HeatPump pump) {
      return new HeatPumpModel(pump);
    }
    if (spec instanceof DeviceSpec.ElectricHeater heater) {
      return new ElectricHeaterModel(heater);
    }
    if (spec instanceof DeviceSpec.Shunt shunt) {
      return new ShuntModel(shunt);
    }
    if (spec instanceof DeviceSpec.Generator generator) {
      return new GeneratorModel(generator);
    }
    if (spec instanceof DeviceSpec.DispatchableLoad load) {
      return new DispatchableLoadModel(load);
    }
    if (spec instanceof DeviceSpec.GridInterface grid) {
      return new GridInterfaceModel(grid);
    }
    throw new IllegalArgumentException("no model of device kind " + spec.kind());
  }
}
