/**
 * What passes between the parties of a run: a sealed set of messages, one codec each, their
 * envelope, the order in which they are taken, and the transports they go over. Knows no party.
 */
package io.dualgrid.protocol;
