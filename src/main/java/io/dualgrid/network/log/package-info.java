/** Logs of parties on their own machines, a JSON object a line. */
package io.dualgrid.network.log;
