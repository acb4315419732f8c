/** Pages and pictures drawn from the files of a run. */
package io.dualgrid.results.report;
