/** Results as nets of other programs, with the dispatch as time series. */
package io.dualgrid.results.export;
