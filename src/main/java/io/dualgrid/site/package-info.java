/**
 * Cases: a feeder and, node by node, the private devices of each energy system, assembled into
 * programs.
 */
package io.dualgrid.site;
