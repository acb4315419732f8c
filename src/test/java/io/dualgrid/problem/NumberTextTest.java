package io.dualgrid.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are numbers, with a pattern as the referee. */
class NumberTextTest {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final String LETTERS = "0019.+-eE, f";
  private static final int TEXTS = 200_000;
  private static final int LONGEST = 7;

  @ParameterizedTest
  @ValueSource(strings = {"0", "12.5", "5.", ".5", "-3e4", "+1.E-2", " 7 ", "1e0"})
  void readsDecimalNumbers(String text) {
    assertThat(NumberText.parse(text)).hasValue(Double.parseDouble(text.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "+", "-.", "1e", "1e+", "e5", "1.2.3", "1,5", "1d", "0x1p3", "٣"})
  void refusesAnythingElse(String text) {
    assertThat(NumberText.parse(text)).isEmpty();
  }

  @Test
  void showsWhatPeopleRead() {
    assertThat(NumberText.show(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(NumberText.show(-12_000_000)).isEqualTo("-12000000");
    assertThat(NumberText.show(1e-9)).isEqualTo("0.000000001");
    assertThat(NumberText.show(1e-306)).isEqualTo("1E-306");
    assertThat(NumberText.show(-2.5e306)).isEqualTo("-2.5E+306");
    assertThat(NumberText.show(-0.0)).isEqualTo("0");
  }

  /** Short texts of the letters that matter hit every rule: a thirtieth of them are numbers. */
  @Test
  void agreesWithThePattern() {
    Random random = new Random(11);
    int numbers = 0;
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(LONGEST + 1); k > 0; k--) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      String stripped = text.toString().strip();
      boolean number =
          NUMBER.matcher(stripped).matches() && Double.isFinite(Double.parseDouble(stripped));
      assertThat(NumberText.parse(text.toString()).isPresent()).as("'%s'", text).isEqualTo(number);
      numbers += number ? 1 : 0;
    }
    assertThat(numbers).isBetween(TEXTS / 100, TEXTS / 2);
  }
}
