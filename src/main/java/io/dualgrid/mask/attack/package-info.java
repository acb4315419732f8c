/** Attacks on masked programs, for the audit: what the cloud could still find out. */
package io.dualgrid.mask.attack;
