/**
 * Who speaks, and that what was said arrives: identities of sites, signed key bundles, the keys
 * that the two ends of a line share, tags on encrypted sums, the transcript of broadcasts, and the
 * company behind sums. Of all this the operator needs {@link io.dualgrid.auth.Tag} only.
 */
package io.dualgrid.auth;
