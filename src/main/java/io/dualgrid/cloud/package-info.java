/**
 * A solver for hire: it knows masked programs by the random numbers of their masks and nothing
 * else.
 */
package io.dualgrid.cloud;
