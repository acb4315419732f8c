package io.dualgrid.device;

/** Adds up what the devices of a node demand, make and store of heat. */
public final class HeatMeans {
  private final double[] loadKw;
  private double sourcesKw;
  private double storesKw;
  private double storeLossKw;
  private double storesGiveKwh;

  /** Of nothing yet, for profiles of so many rows. */
  public HeatMeans(int rows) {
    loadKw = new double[rows];
  }

  /** A demand. */
  public void load(Profile heatKw) {
    for (int row = 0; row < loadKw.length; row++) {
      loadKw[row] += heatKw.value(row);
    }
  }

  /** A source of so much heat at full power. */
  public void source(double heatKw) {
    sourcesKw += heatKw;
  }

  /**
   * A store.
   *
   * @param heatKw what it releases at most
   * @param lossKw what it loses at its start level, where it must not end below that
   * @param givenKwh by how much it ends lower than it started, negative where it ends higher
   */
  public void store(double heatKw, double lossKw, double givenKwh) {
    storesKw += heatKw;
    storeLossKw += lossKw;
    storesGiveKwh += givenKwh;
  }

  /** The demand in kW by row; not to be modified. */
  public double[] loadKw() {
    return loadKw;
  }

  /** Of all sources, kW. */
  public double sourcesKw() {
    return sourcesKw;
  }

  /** Of all stores, kW. */
  public double storesKw() {
    return storesKw;
  }

  /** Losses of all stores, kW. */
  public double storeLossKw() {
    return storeLossKw;
  }

  /**
   * What all stores together supply over the horizon at most, kWh; negative where they must rise.
   */
  public double storesGiveKwh() {
    return storesGiveKwh;
  }
}
