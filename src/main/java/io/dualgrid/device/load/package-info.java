/** Loads. */
package io.dualgrid.device.load;
