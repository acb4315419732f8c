/** The case format: read, written, described. */
package io.dualgrid.caseio.format;
