/**
 * Several machines as one cloud: each mask lives on one of them with its workspace, sites reach it
 * through any, and the loss of a machine costs sending its masks again.
 */
package io.dualgrid.cluster;
