/**
 * A run of a case in one process: what it is asked for, the parties put together, an observer that
 * sees what no party sees, and what comes out.
 */
package io.dualgrid.run;
