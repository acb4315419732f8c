/** On/off states: schedules that keep least times, and the search for the best of them. */
package io.dualgrid.commitment;
