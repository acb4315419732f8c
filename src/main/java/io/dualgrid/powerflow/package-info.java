/**
 * The full AC power flow of a radial feeder: what a dispatch makes of voltages, losses, loading.
 */
package io.dualgrid.powerflow;
