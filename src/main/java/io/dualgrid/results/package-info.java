/** Result files, tables and summaries of a run. */
package io.dualgrid.results;
