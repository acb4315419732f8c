/** Studies: chains of days, in many scenarios, from one file. */
package io.dualgrid.study;
