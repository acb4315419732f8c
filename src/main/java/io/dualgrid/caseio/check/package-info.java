/** What makes a case valid. */
package io.dualgrid.caseio.check;
