/**
 * What a site does in the coupled interior-point method; nothing of it leaves but declared sums.
 */
package io.dualgrid.edge.newton;
