package io.dualgrid.securesum;

import io.dualgrid.keys.KeyAccelerator;

/** Masks under shared keys, in native code where there is some. */
final class PairMasks {
  private PairMasks() {}

  /**
   * Keeps what is made of the keys.
   *
   * @param keys 32 bytes each, one after another; not modified
   * @param subtracted number of keys, the first ones, whose masks are subtracted
   */
  static KeyAccelerator.Masks of(byte[] keys, int subtracted) {
    return KeyAccelerator.available()
        .map(accelerator -> accelerator.masks(keys, subtracted))
        .orElseGet(() -> new JavaPairMasks(keys, subtracted));
  }
}
