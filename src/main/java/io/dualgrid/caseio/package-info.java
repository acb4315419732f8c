/** Cases in and out; here, what importers tell. */
package io.dualgrid.caseio;
