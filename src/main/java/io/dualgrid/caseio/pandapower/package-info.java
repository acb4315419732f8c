/** Import of nets of pandapower, from its own JSON. */
package io.dualgrid.caseio.pandapower;
