/**
 * The controller of one energy system: it owns its site, its keys, its program, its solver and its
 * masks, obeys the operator's orders as far as the protocol allows them, and knows of others what
 * comes in messages.
 */
package io.dualgrid.edge;
