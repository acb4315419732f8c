/** Figures of a party's process for whoever watches over it: when and how much, never what. */
package io.dualgrid.network.metrics;
