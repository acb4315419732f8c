/**
 * What an affine mask cannot hide: an attack that knows the kinds of devices and their equations,
 * and no parameter of any device.
 */
package io.dualgrid.mask.attack.structure;
