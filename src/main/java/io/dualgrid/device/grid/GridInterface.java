package io.dualgrid.device.grid;

import io.dualgrid.device.CapacitySum;
import io.dualgrid.device.Carrier;
import io.dualgrid.device.CeilingSum;
import io.dualgrid.device.ChartColour;
import io.dualgrid.device.CostPart;
import io.dualgrid.device.DesProgramBuilder;
import io.dualgrid.device.DeviceCheck;
import io.dualgrid.device.DeviceFields;
import io.dualgrid.device.DeviceKind;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.Horizon;
import io.dualgrid.device.OpposedPair;
import io.dualgrid.device.Profile;
import io.dualgrid.device.ProfileDriver;
import io.dualgrid.device.PublishedNames;
import io.dualgrid.device.SupplyRange;
import io.dualgrid.problem.NumberText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connection of the root to the grid above: P = Pbuy − Psell; cost dt·(price_buy·Pbuy −
 * price_sell·Psell). With a smallest power factor Q comes in two parts, beside Pbuy and beside
 * Psell; without one it is free within its limits. A power factor or reactive limit that is not
 * given is NaN.
 */
public record GridInterface(
    double buyMaxKw,
    double sellMaxKw,
    Profile buyPricePerKwh,
    Profile sellPricePerKwh,
    double powerFactorMin,
    double reactiveMinKvar,
    double reactiveMaxKvar)
    implements DeviceSpec {
  private static final String KIND = "GI";

  /** Above what a kWh costs in the larger currencies, below what a MWh does. */
  private static final double PER_MWH = 20.0;

  /** A connection whose reactive power is limited by the power factor alone. */
  public GridInterface(
      double buyMaxKw,
      double sellMaxKw,
      Profile buyPricePerKwh,
      Profile sellPricePerKwh,
      double powerFactorMin) {
    this(
        buyMaxKw,
        sellMaxKw,
        buyPricePerKwh,
        sellPricePerKwh,
        powerFactorMin,
        Double.NaN,
        Double.NaN);
  }

  /** The same connection with reactive limits where it has none of its own. */
  public GridInterface withReactiveLimits(double minKvar, double maxKvar) {
    return new GridInterface(
        buyMaxKw,
        sellMaxKw,
        buyPricePerKwh,
        sellPricePerKwh,
        powerFactorMin,
        isGiven(reactiveMinKvar) ? reactiveMinKvar : minKvar,
        isGiven(reactiveMaxKvar) ? reactiveMaxKvar : maxKvar);
  }

  /** The connections among some devices. */
  public static List<GridInterface> among(List<DeviceSpec> devices) {
    return devices.stream()
        .filter(GridInterface.class::isInstance)
        .map(GridInterface.class::cast)
        .toList();
  }

  /** Whether an optional value is there. */
  public static boolean isGiven(double value) {
    return !Double.isNaN(value);
  }

  /**
   * The least and the most reactive power in kvar that can be drawn from the grid, whatever the
   * active power is; infinite where nothing limits it.
   */
  public double[] reactiveRangeKvar() {
    double most = Double.POSITIVE_INFINITY;
    if (isGiven(powerFactorMin)) {
      most = SupplyRange.reactiveOf(buyMaxKw + sellMaxKw, powerFactorMin);
    }
    return new double[] {
      isGiven(reactiveMinKvar) ? Math.max(-most, reactiveMinKvar) : -most,
      isGiven(reactiveMaxKvar) ? Math.min(most, reactiveMaxKvar) : most
    };
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Optional<ProfileDriver> driver() {
    return Optional.of(ProfileDriver.PRICES);
  }

  @Override
  public void addTo(DesProgramBuilder program, String label) {
    Horizon horizon = program.horizon();
    int[] buy = program.variables(0.0, horizon.perUnit(buyMaxKw));
    int[] sell = program.variables(0.0, horizon.perUnit(sellMaxKw));
    double[] buyPrice = buyPricePerKwh.sample(horizon.steps(), horizon.sampling());
    double[] sellPrice = sellPricePerKwh.sample(horizon.steps(), horizon.sampling());
    program.cost(label, CostPart.GRID_PURCHASE, buy, buyPrice);
    program.cost(label, CostPart.GRID_SALE, sell, negative(sellPrice));
    program.supply(Carrier.ACTIVE, buy, 1.0);
    program.supply(Carrier.ACTIVE, sell, -1.0);
    double base = horizon.basePowerKw();
    program.quantity(label, "P_buy", "kW", buy, base);
    program.quantity(label, "P_sell", "kW", sell, base);
    double least =
        isGiven(reactiveMinKvar) ? horizon.perUnit(reactiveMinKvar) : Double.NEGATIVE_INFINITY;
    double most =
        isGiven(reactiveMaxKvar) ? horizon.perUnit(reactiveMaxKvar) : Double.POSITIVE_INFINITY;
    OpposedPair trade = OpposedPair.of(label, "P_sell", sell, "P_buy", buy);
    int[] reactiveBuy;
    int[] reactiveSell;
    if (isGiven(powerFactorMin)) {
      reactiveBuy = program.reactiveWithin(buy, 1.0, powerFactorMin);
      reactiveSell = program.reactiveWithin(sell, 1.0, powerFactorMin);
      limit(program, reactiveBuy, reactiveSell, least, most);
      program.supply(Carrier.REACTIVE, reactiveSell, -1.0);
      program.quantity(label, "Q_buy", "kvar", reactiveBuy, base);
      program.quantity(label, "Q_sell", "kvar", reactiveSell, base);
      trade = trade.withReactive(reactiveSell, reactiveBuy, powerFactorMin);
    } else {
      reactiveBuy = program.variables(least, most);
      program.quantity(label, "Q_buy", "kvar", reactiveBuy, base);
      program.fixedQuantity(label, "Q_sell", "kvar", new double[buy.length]);
    }
    program.supply(Carrier.REACTIVE, reactiveBuy, 1.0);
    program.opposed(trade);
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
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

  @Override
  public void addCapacity(CapacitySum sum) {
    // as large as what is below it
  }

  @Override
  public void addCeiling(CeilingSum sum) {
    // pays for what the others draw, which is counted there
  }

  @Override
  public void addSupply(SupplyRange range) {
    // what it may supply is the limit that the rest is held against
  }

  @Override
  public void check(DeviceCheck check) {
    check.range("reactiveMaxKvar", reactiveMaxKvar, "reactiveMinKvar", reactiveMinKvar);
    checkEarning(check);
    checkNegative(check);
    checkUnit(check);
  }

  private void checkEarning(DeviceCheck check) {
    int rows = buyPricePerKwh.rawValues().length;
    for (int row = 0; row < rows; row++) {
      double buyPrice = buyPricePerKwh.value(row);
      double sellPrice = sellPricePerKwh.value(row);
      if (sellPrice > buyPrice) {
        check.error(
            "sellPricePerKwh",
            sellPrice,
            "is above the price of buying, "
                + NumberText.show(buyPrice)
                + ", at row "
                + (row + 2)
                + " (from "
                + NumberText.show(check.horizonHours() * row / rows)
                + " h), so that buying and selling at once would earn money",
            "lower sellPricePerKwh to the price of buying or below");
        return;
      }
    }
  }

  /** A negative price of buying is told alone, since that of selling is no higher. */
  private void checkNegative(DeviceCheck check) {
    if (!namesNegative(check, "buyPricePerKwh", buyPricePerKwh)) {
      namesNegative(check, "sellPricePerKwh", sellPricePerKwh);
    }
  }

  private void checkUnit(DeviceCheck check) {
    int rows = buyPricePerKwh.rawValues().length;
    double mean = 0.0;
    for (int row = 0; row < rows; row++) {
      mean += Math.abs(buyPricePerKwh.value(row)) / rows;
    }
    if (mean >= PER_MWH) {
      check.warn(
          "buyPricePerKwh",
          mean,
          "is the mean price of a kWh, which looks like one of a MWh",
          "divide the column by 1000, or write the factor 0.001; right for a small currency");
    }
  }

  private static boolean namesNegative(DeviceCheck check, String field, Profile price) {
    for (int row = 0; row < price.rawValues().length; row++) {
      if (price.value(row) < 0) {
        check.warn(
            field,
            price.value(row),
            "is negative at row " + (row + 2),
            "right where prices go below zero; otherwise correct it");
        return true;
      }
    }
    return false;
  }

  /** What is said of the kind once, whatever the device. */
  public static final class Kind implements DeviceKind {
    @Override
    public String name() {
      return KIND;
    }

    @Override
    public Class<? extends DeviceSpec> type() {
      return GridInterface.class;
    }

    @Override
    public DeviceFields fields() {
      return DeviceFields.of(
              "Grid interface",
              "P = Pbuy − Psell, 0 ≤ Pbuy ≤ buyMaxKw, 0 ≤ Psell ≤ sellMaxKw, reactiveMinKvar ≤ Q ≤ reactiveMaxKvar, with a powerFactorMin also |Qbuy| ≤ Pbuy·tan(acos(powerFactorMin)), the same for selling; cost dt·(buyPricePerKwh·Pbuy − sellPricePerKwh·Psell). Exactly one in a case, at the root.")
          .number("buyMaxKw", "the largest power bought in kW", 10000)
          .atLeast(0)
          .number("sellMaxKw", "the largest power sold in kW", 10000)
          .atLeast(0)
          .profile("buyPricePerKwh", "the price of bought energy in currency per kWh")
          .profile(
              "sellPricePerKwh",
              "the price of sold energy in currency per kWh, at no row above the price of buying")
          .number(
              "powerFactorMin",
              "the smallest power factor: |Q| is at most P·tan(acos(powerFactorMin)); above 0, at most 1; no such limit when left out",
              0.8)
          .above(0)
          .atMost(1)
          .optional()
          .number(
              "reactiveMinKvar",
              "the smallest reactive power drawn from the grid in kvar, negative when it may take some; no limit when left out",
              -10000)
          .optional()
          .number(
              "reactiveMaxKvar",
              "the largest reactive power drawn from the grid in kvar; no limit when left out",
              10000)
          .optional();
    }

    @Override
    public String label() {
      return "grid";
    }

    @Override
    public ChartColour colour() {
      return ChartColour.GREY;
    }

    @Override
    public Map<String, Double> defaults() {
      return Map.of("buyMaxKw", 10000.0, "sellMaxKw", 10000.0);
    }

    @Override
    public List<String> profileFiles() {
      return List.of("prices.csv", "price.csv");
    }

    @Override
    public List<String> spellings() {
      return List.of("gi");
    }

    @Override
    public Optional<PublishedNames> published() {
      return Optional.of(
          new PublishedNames(
              Map.of("P_buy_max", "buyMaxKw", "P_sell_max", "sellMaxKw"),
              Map.of("price_buy", "buyPricePerKwh", "price_sell", "sellPricePerKwh"),
              Map.of(),
              0.8));
    }
  }
}
