/** Cases from the layout of the published study. */
package io.dualgrid.caseio.published;
