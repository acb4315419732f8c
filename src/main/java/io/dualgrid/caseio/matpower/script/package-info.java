/**
 * The arithmetic of MATPOWER case files: statements run in order over a whitelist of constants,
 * operators and functions; anything else is refused with its row.
 */
package io.dualgrid.caseio.matpower.script;
