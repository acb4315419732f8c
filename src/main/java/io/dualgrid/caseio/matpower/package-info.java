/** Cases from MATPOWER files. */
package io.dualgrid.caseio.matpower;
