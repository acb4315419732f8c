package io.dualgrid.edge;

/**
 * The fingerprint of a public key as its owner or a receiver tells it: the same unless somebody
 * swapped keys on the way.
 *
 * @param key whose key, such as "line 0-1, key of node 1"
 * @param holder who tells the fingerprint, such as "node 0"
 * @param fingerprint of the key that the holder has
 */
public record KeyFingerprintView(String key, String holder, String fingerprint) {}
