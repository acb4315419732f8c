/**
 * What parties run on: threads, clocks, archives of their state, and the transport in a process.
 */
package io.dualgrid.runtime;
