/** One class per device: the variables, rows and cost it adds to its energy system. */
package io.dualgrid.devices;
