package io.dualgrid.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanyTest {
  private static java.util.List<KeyBundle> sites(int withDevices, int junctions) {
    return IntStream.range(0, withDevices + junctions)
        .mapToObj(
            i ->
                KeyBundle.of(
                    new byte[16], 1, i, i < withDevices, new byte[32], new byte[32], Map.of()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // devices and junctions at even depths, the same at odd depths
    "3, 0, 3, 0, true, true",
    "2, 9, 3, 0, true, false",
    "9, 0, 2, 7, true, false",
    "0, 5, 8, 0, true, false",
    "0, 0, 3, 0, true, false",
    "1, 0, 1, 0, false, false",
    "1, 9, 1, 9, false, false",
    "2, 0, 1, 0, true, false",
    "0, 0, 1, 0, false, false",
    "0, 0, 0, 0, false, false"
  })
  void junctionsHideNobody(
      int even, int evenEmpty, int odd, int oddEmpty, boolean all, boolean hub) {
    Company company = Company.of(sites(even, evenEmpty), sites(odd, oddEmpty));
    assertThat(company.ofAll()).isEqualTo(all);
    assertThat(company.ofHalves()).isEqualTo(hub);
    assertThat(company.allowsHub(false)).isEqualTo(hub);
    // even who allows exposed sums gets no sum that is one site's value
    assertThat(company.allowsHub(true)).isEqualTo(even != 1 && odd != 1);
  }
}
