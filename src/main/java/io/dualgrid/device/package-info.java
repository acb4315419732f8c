/**
 * Devices: their records, and the variables, rows and costs that they add to the program of their
 * node.
 */
package io.dualgrid.device;
