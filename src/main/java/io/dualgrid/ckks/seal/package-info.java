/** The native CKKS backend: Microsoft SEAL through JNA. */
package io.dualgrid.ckks.seal;
