/** Cases made up. */
package io.dualgrid.caseio.generate;
