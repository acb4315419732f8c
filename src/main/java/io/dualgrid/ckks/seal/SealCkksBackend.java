package io.dualgrid.ckks.seal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import io.dualgrid.backend.NativeBackend;
import io.dualgrid.ckks.CkksBackend;
import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.Decryptor;
import io.dualgrid.ckks.Encryptor;
import io.dualgrid.ckks.Evaluator;
import io.dualgrid.ckks.KeyPair;
import io.dualgrid.ckks.PairEncryptor;
import io.dualgrid.ckks.PublicKey;
import io.dualgrid.ckks.Residues;
import io.dualgrid.ckks.SecretKey;
import io.dualgrid.natives.LoadedLibrary;
import io.dualgrid.natives.NativeHandle;
import io.dualgrid.natives.NativeLibraries;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** CKKS by Microsoft SEAL, through the wrapper under native/seal. */
public final class SealCkksBackend implements CkksBackend, NativeBackend {
  private static final int ABI_VERSION = 6;

  private final Map<Long, SealContext> contexts = new ConcurrentHashMap<>();

  private static SealCalls calls() {
    return new SealCalls(load().functions());
  }

  static LoadedLibrary<SealLibrary> load() {
    return NativeLibraries.load(
        "seal", new SealLibrary(), ABI_VERSION, SealCkksBackend::describe, SealCkksBackend::probe);
  }

  private static String describe(SealLibrary library) {
    return library.dualgrid_seal_version()
        + " ("
        + library.dualgrid_seal_source()
        + "; randomness by "
        + library.dualgrid_seal_random_stream()
        + "; vectors by "
        + library.dualgrid_seal_vectors()
        + ")";
  }

  /**
   * Asks three questions whose answers are known: 1 + 1, residue by residue; the stream of random
   * bits that this processor makes of a zero seed, by the first block of AES-256 or ChaCha20; and
   * an insecure context, which must be refused.
   */
  private static void probe(SealLibrary library) {
    CkksParameters parameters = CkksParameters.compact();
    SealCalls calls = new SealCalls(library);
    try (SealContext context = new SealContext(calls, parameters);
        SealEvaluator evaluator = new SealEvaluator(context)) {
      long[] ones = new long[parameters.ciphertextLength()];
      Arrays.fill(ones, 1);
      Residues one = Residues.of(ones);
      Residues sum = Residues.of(new long[ones.length]);
      evaluator.combine(new Residues[] {one, one}, null, sum);
      for (long residue : sum.toArray()) {
        if (residue != 2) {
          throw new IllegalStateException("SEAL adds 1 and 1 to " + residue);
        }
      }
    }
    boolean aes = hasAes(library);
    long first;
    try (Memory memory = new Memory(32 + 256)) {
      memory.clear();
      Pointer bytes = memory.share(32);
      calls.check(
          library.dualgrid_seal_stream(
              aes ? SealLibrary.AES : SealLibrary.CHACHA, memory, 32, bytes, 256),
          "probe");
      first = ByteBuffer.wrap(bytes.getByteArray(0, Long.BYTES)).getLong();
    }
    // AES-256 of a zero block under a zero key begins dc95c078a2408989; ChaCha20: RFC 8439, A.1, 1
    if (first != (aes ? 0xdc95c078a2408989L : 0x76b8e0ada0f13d90L)) {
      throw new IllegalStateException("the stream of random bits gives a wrong known answer");
    }
    long[] tooLarge = {CkksParameters.published().modulus(0)};
    LongByReference handle = new LongByReference();
    if (library.dualgrid_seal_context_create(2048, tooLarge, 1, handle) == SealLibrary.OK) {
      library.dualgrid_seal_free(handle.getValue());
      throw new IllegalStateException("SEAL accepts 60 bits of modulus at ring degree 2048");
    }
  }

  /** Whether the library has the processor's instructions for AES. */
  static boolean hasAes(SealLibrary library) {
    return library.dualgrid_seal_random_stream().startsWith("AES");
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
  public LoadedLibrary<?> library() {
    return load();
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
    return new SealEncryptor(key.parameters(), key.keyId(), context, takeOver(context, key), true);
  }

  private NativeHandle<Long> takeOver(SealContext context, PublicKey key) {
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
    return calls.own(encryptor.getValue(), "encryptor");
  }

  @Override
  public Encryptor encryptor(SecretKey key) {
    SealSecretKey own = own(key);
    return new SealEncryptor(key.parameters(), key.keyId(), own.context(), own.handle(), false);
  }

  @Override
  public PairEncryptor encryptor(SecretKey own, PublicKey other) {
    SealSecretKey key = own(own);
    return new SealPairEncryptor(key, other, takeOver(context(other.parameters()), other));
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
