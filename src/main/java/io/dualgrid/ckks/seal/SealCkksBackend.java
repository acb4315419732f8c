package io.dualgrid.ckks.seal;

import com.sun.jna.ptr.LongByReference;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.SecretKey;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeHandle;
import io.dualgrid.natives.NativeLibraries;
import io.dualgrid.natives.NativeLibraryStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** CKKS by Microsoft SEAL, through the wrapper under native/seal. */
public final class SealCkksBackend implements CkksBackend {
  private static final int ABI_VERSION = 2;

  private final Map<Long, SealContext> contexts = new ConcurrentHashMap<>();

  private static SealCalls calls() {
    return new SealCalls(load().functions());
  }

  private static LoadedLibrary<SealLibrary> load() {
    return NativeLibraries.load(
        "seal",
        SealLibrary.class,
        ABI_VERSION,
        SealLibrary::dualgrid_seal_version,
        SealCkksBackend::probe);
  }

  /**
   * Adds two and two: (1, 1) as residues, twice, must be (2, 2) whatever SEAL this is. Then asks
   * for an insecure context, which must be refused.
   */
  private static void probe(SealLibrary library) {
    CkksParameters parameters = CkksParameters.compact();
    SealCalls calls = new SealCalls(library);
    try (SealContext context = new SealContext(calls, parameters)) {
      int length = parameters.ciphertextLength();
      long[] terms = new long[2 * length];
      Arrays.fill(terms, 1);
      long[] sum = new long[length];
      calls.check(
          context
              .handle()
              .call(
                  number ->
                      library.dualgrid_seal_combine(
                          number, terms, terms.length, null, 0, sum, sum.length)),
          "probe");
      for (long residue : sum) {
        if (residue != 2) {
          throw new IllegalStateException("SEAL adds 1 and 1 to " + residue);
        }
      }
    }
    long[] tooLarge = {CkksParameters.published().modulus(0)};
    LongByReference handle = new LongByReference();
    if (library.dualgrid_seal_context_create(2048, tooLarge, 1, handle) == SealLibrary.OK) {
      library.dualgrid_seal_free(handle.getValue());
      throw new IllegalStateException("SEAL accepts 60 bits of modulus at ring degree 2048");
    }
  }

  private SealContext context(CkksParameters parameters) {
    return contexts.computeIfAbsent(parameters.id(), id -> new SealContext(calls(), parameters));
  }

  @Override
  public String name() {
    return "seal";
  }

  @Override
  public String version() {
    return status().available() ? "SEAL " + status().version() : "";
  }

  @Override
  public int precedence() {
    return 20;
  }

  @Override
  public NativeLibraryStatus status() {
    return load().status();
  }

  @Override
  public void require() {
    load().functions();
  }

  @Override
  public KeyPair generateKeys(CkksParameters parameters) {
    SealContext context = context(parameters);
    long[] publicKey = new long[parameters.publicKeyLength()];
    LongByReference secret = new LongByReference();
    SealCalls calls = calls();
    calls.check(
        context
            .handle()
            .call(
                number ->
                    calls
                        .library()
                        .dualgrid_seal_generate_keys(number, publicKey, publicKey.length, secret)),
        "key generation");
    NativeHandle<Long> handle = calls.own(secret.getValue(), "secret key");
    PublicKey key = PublicKey.ofGenerated(parameters, publicKey);
    return new KeyPair(key, new SealSecretKey(key, context, handle));
  }

  @Override
  public Encryptor encryptor(PublicKey key) {
    SealContext context = context(key.parameters());
    long[] residues = key.sharedResidues();
    LongByReference encryptor = new LongByReference();
    SealCalls calls = calls();
    calls.check(
        context
            .handle()
            .call(
                number ->
                    calls
                        .library()
                        .dualgrid_seal_encryptor_create(
                            number, residues, residues.length, encryptor)),
        "taking over a public key");
    NativeHandle<Long> handle = calls.own(encryptor.getValue(), "encryptor");
    return new SealEncryptor(key.parameters(), key.keyId(), context, handle, true);
  }

  @Override
  public Encryptor encryptor(SecretKey key) {
    SealSecretKey own = own(key);
    return new SealEncryptor(key.parameters(), key.keyId(), own.context(), own.handle(), false);
  }

  @Override
  public Decryptor decryptor(SecretKey key) {
    return new SealDecryptor(own(key));
  }

  @Override
  public Evaluator evaluator(CkksParameters parameters) {
    return new SealEvaluator(context(parameters));
  }

  private static SealSecretKey own(SecretKey key) {
    if (key instanceof SealSecretKey own) {
      return own;
    }
    throw new IllegalArgumentException(
        key + " belongs to another backend; a secret key never leaves the one that made it");
  }
}
