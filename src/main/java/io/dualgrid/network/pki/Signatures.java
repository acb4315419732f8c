package io.dualgrid.network.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/** Whether keys belong together. */
final class Signatures {
  private Signatures() {}

  static boolean belongTogether(KeyPair pair) {
    byte[] trial = {3};
    try {
      Signature signature = Signature.getInstance(Requests.SCHEME);
      signature.initSign(pair.getPrivate());
      signature.update(trial);
      byte[] signed = signature.sign();
      signature.initVerify(pair.getPublic());
      signature.update(trial);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // of another kind
    }
  }
}
