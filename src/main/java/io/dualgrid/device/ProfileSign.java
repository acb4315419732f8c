package io.dualgrid.device;

/** Which values the profiles of a device may have. */
public enum ProfileSign {
  /** Any. */
  ANY,
  /** Any, but a negative one is named. */
  NEGATIVE_IS_NAMED,
  /** None below zero. */
  NEGATIVE_IS_REFUSED
}
