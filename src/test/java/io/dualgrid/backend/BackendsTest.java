package io.dualgrid.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.natives.NativeLibraryException;
import io.dualgrid.natives.NativeLibraryStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private record Known(String name, int precedence, boolean there) implements Backend {
    @Override
    public String version() {
      return there ? "1" : "";
    }

    @Override
    public NativeLibraryStatus status() {
      return new NativeLibraryStatus(name, version(), "", there ? "" : "not built");
    }

    @Override
    public void require() {
      if (!there) {
        throw new NativeLibraryException(status(), null);
      }
    }
  }

  private static final Backends<Known> BACKENDS =
      Backends.of(
          "tests",
          List.of(
              new Known("plain", 0, true),
              new Known("fastest", 30, false),
              new Known("fast", 20, true)));

  @Test
  void listsWhatIsMissingToo() {
    assertThat(BACKENDS.names()).containsExactly("auto", "fastest", "fast", "plain");
  }

  @Test
  void autoIsTheBestThatCanBeHad() {
    assertThat(BACKENDS.named("auto").name()).isEqualTo("fast");
    assertThat(BACKENDS.best(backend -> backend.precedence() < 20).name()).isEqualTo("plain");
  }

  @Test
  void whatWasAskedForByNameIsNeverReplaced() {
    assertThat(BACKENDS.named("plain").name()).isEqualTo("plain");
    assertThatThrownBy(() -> BACKENDS.named("fastest"))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("fastest")
        .hasMessageContaining("not built");
  }

  @Test
  void unknownNamesAndImpossibleWishesSayWhatThereIs() {
    assertThatThrownBy(() -> BACKENDS.named("fastets"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tests named \"fastets\"")
        .hasMessageContaining("auto, fastest, fast, plain");
    assertThatThrownBy(() -> BACKENDS.best(backend -> backend.precedence() > 20))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("auto, fastest, fast, plain");
  }

  @Test
  void oneNameForTwoIsRefused() {
    Known one = new Known("plain", 0, true);
    assertThatThrownBy(() -> Backends.of("tests", List.of(one, one)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"plain\"");
    assertThatThrownBy(() -> Backends.of("tests", List.of(new Known("auto", 0, true))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"auto\"");
  }
}
