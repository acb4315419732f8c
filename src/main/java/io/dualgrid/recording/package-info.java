/**
 * What parties of a run over the network have received and sent, kept with their consent for
 * audits.
 */
package io.dualgrid.recording;
