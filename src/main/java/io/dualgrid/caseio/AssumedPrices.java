package io.dualgrid.caseio;

/** Prices that a source does not tell. */
public final class AssumedPrices {
  /** Selling pays this part of the price of buying where there is one price for both. */
  public static final double SELL_PART = 0.5;

  private AssumedPrices() {}
}
