/** Devices that make heat of electric power. */
package io.dualgrid.device.heat;
