/** Random-matrix masking of quadratic programs, and the check of the answers. */
package io.dualgrid.mask;
