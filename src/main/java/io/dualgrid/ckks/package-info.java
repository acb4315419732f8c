/** CKKS parameters, keys and the ciphertext wire format. */
package io.dualgrid.ckks;
