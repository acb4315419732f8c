/** The pure-Java CKKS backend. */
package io.dualgrid.ckks.java;
