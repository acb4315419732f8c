package io.dualgrid.ckks.java;

import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.SecretKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** RNS-CKKS in Java alone: runs wherever the engine does. */
public final class JavaCkksBackend implements CkksBackend {
  private final Map<Long, RnsRing> rings = new ConcurrentHashMap<>();

  private RnsRing ring(CkksParameters parameters) {
    return rings.computeIfAbsent(parameters.id(), id -> new RnsRing(parameters));
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String version() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public int precedence() {
    return 0;
  }

  @Override
  public KeyPair generateKeys(CkksParameters parameters) {
    return JavaSecretKey.generate(ring(parameters));
  }

  @Override
  public Encryptor encryptor(PublicKey key) {
    return new JavaPublicKeyEncryptor(ring(key.parameters()), key);
  }

  @Override
  public Encryptor encryptor(SecretKey key) {
    return new JavaSecretKeyEncryptor(own(key));
  }

  @Override
  public PairEncryptor encryptor(SecretKey own, PublicKey other) {
    return new JavaPairEncryptor(own(own), other);
  }

  @Override
  public Decryptor decryptor(SecretKey key) {
    return new JavaDecryptor(own(key));
  }

  @Override
  public Evaluator evaluator(CkksParameters parameters) {
    return new JavaEvaluator(ring(parameters));
  }

  private static JavaSecretKey own(SecretKey key) {
    if (key instanceof JavaSecretKey own) {
      return own;
    }
    throw new IllegalArgumentException(
        key + " belongs to another backend; a secret key never leaves the one that made it");
  }
}
