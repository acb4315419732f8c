/** Interchangeable implementations of one service, found by the service loader. */
package io.dualgrid.backend;
