/** Cases from tables and workbooks. */
package io.dualgrid.caseio.tables;
