package io.dualgrid.ckks.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualgrid.ckks.CkksParameters;
import io.dualgrid.ckks.KeyPair;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaSecretKeyTest {
  private static List<long[]> arrays(Object key) throws IllegalAccessException {
    List<long[]> arrays = new ArrayList<>();
    for (Field field : key.getClass().getDeclaredFields()) {
      if (field.getType() == long[].class) {
        field.setAccessible(true);
        arrays.add((long[]) field.get(key));
      }
    }
    return arrays;
  }

  @Test
  void closingWipesEveryArrayOfTheKey() throws IllegalAccessException {
    KeyPair keys = new JavaCkksBackend().generateKeys(CkksParameters.compact());
    List<long[]> arrays = arrays(keys.secretKey());
    assertThat(arrays).hasSize(2).allMatch(a -> Arrays.stream(a).anyMatch(x -> x != 0));
    keys.close();
    assertThat(arrays).allMatch(a -> Arrays.stream(a).allMatch(x -> x == 0));
  }

  @Test
  void nothingOfTheKeyIsPrintedSerializedOrPublic() throws IllegalAccessException {
    try (KeyPair keys = new JavaCkksBackend().generateKeys(CkksParameters.compact())) {
      String text = keys.secretKey() + " " + keys;
      for (long[] secret : arrays(keys.secretKey())) {
        for (long word : secret) {
          assertThat(text).doesNotContain(Long.toString(word));
        }
      }
      assertThat(keys.secretKey()).isNotInstanceOf(Serializable.class);
      assertThat(JavaSecretKey.class.getMethods())
          .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
          .noneMatch(method -> method.getReturnType().isArray());
    }
  }
}
