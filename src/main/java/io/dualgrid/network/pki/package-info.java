/** Who is who between processes: keys, requests and certificates, and who is let in. */
package io.dualgrid.network.pki;
