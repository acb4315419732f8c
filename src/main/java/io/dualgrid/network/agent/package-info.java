/** Operator, cloud and site as processes of their own. */
package io.dualgrid.network.agent;
