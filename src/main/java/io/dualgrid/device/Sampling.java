package io.dualgrid.device;

/** How a time step stands for the profile rows that it covers. */
public enum Sampling {
  /** The first row of the interval, as in the published study. */
  FIRST,
  /** The mean over the interval. */
  MEAN
}
