/** What is wrong with an input: where, the value, and the way out; and numbers as text. */
package io.dualgrid.problem;
