/**
 * Files that a run which was broken off goes on from: their content, their encryption, and writing
 * them so that a kill or a full disk costs no more than the latest one.
 */
package io.dualgrid.checkpoint;
