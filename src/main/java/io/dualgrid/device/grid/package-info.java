/** The connection to the grid above, and elements of the network at a node. */
package io.dualgrid.device.grid;
