package io.dualgrid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualgrid.OneRound;
import io.dualgrid.consensus.Algorithm;
import io.dualgrid.consensus.newton.FewOwnersException;
import io.dualgrid.consensus.newton.Sensitivities;
import io.dualgrid.device.DeviceSpec;
import io.dualgrid.device.storage.Battery;
import io.dualgrid.device.storage.HeatStore;
import io.dualgrid.site.GridCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sensitivities between all steps are those of the owners of stores: few of them are not told. */
@OneRound
class StoreOwnersTest {
  private static final Battery BATTERY = new Battery(100, 200, 60, 0.001, 0.95, 0.95, 0.8);
  private static final Battery NO_POWER = new Battery(0, 200, 60, 0, 0.95, 0.95, 0.8);
  private static final Battery NO_ENERGY = new Battery(100, 0, 0, 0.001, 0.95, 0.95, 0.8);
  private static final HeatStore HEAT_STORE = new HeatStore(50, 100, 30, 0.0);
  private static final int ROOT = 0;

  /** 6-bus with these stores and no others, by the place of their node. */
  private static GridCase with(Map<Integer, DeviceSpec> stores) {
    GridCase six = SixBus.CASE;
    List<GridCase.Node> nodes = new ArrayList<>();
    for (int place = 0; place < six.nodes().size(); place++) {
      GridCase.Node node = six.nodes().get(place);
      List<DeviceSpec> devices = new ArrayList<>(node.devices());
      devices.removeIf(device -> device.stored().isPresent());
      if (stores.containsKey(place)) {
        devices.add(stores.get(place));
      }
      nodes.add(new GridCase.Node(node.id(), node.name(), devices));
    }
    return new GridCase(six.name(), six.source(), six.limits(), nodes, six.lines(), six.tree());
  }

  private static RunResult run(GridCase gridCase, Sensitivities sensitivities) {
    return DispatchEngine.run(
        gridCase,
        SixBus.settings(Privacy.CKKS).toBuilder()
            .algorithm(Algorithm.NEWTON)
            .sensitivities(sensitivities)
            .steps(8)
            .build(),
        RunObserver.NONE);
  }

  private static void assertRefused(Map<Integer, DeviceSpec> stores, String who) {
    GridCase few = with(stores);
    assertThatThrownBy(() -> run(few, Sensitivities.FULL))
        .isInstanceOf(FewOwnersException.class)
        .hasMessageContaining(who)
        .hasMessageContaining("--sensitivities blocks");
  }

  @ParameterizedTest
  @CsvSource({"1, 1 energy system to", "2, 2 energy systems"})
  void oneOrTwoOwnersAreNotShown(int owners, String words) {
    Map<Integer, DeviceSpec> batteries =
        owners == 1 ? Map.of(1, BATTERY) : Map.of(1, BATTERY, 3, BATTERY);
    assertRefused(batteries, "batteries of " + words);
    Map<Integer, DeviceSpec> heat =
        owners == 1 ? Map.of(1, HEAT_STORE) : Map.of(1, HEAT_STORE, 3, HEAT_STORE);
    assertRefused(heat, "heat stores of " + words);
  }

  /** Two kinds are two crowds: three owners in all do not hide one of either. */
  @Test
  void ownersOfAnotherKindAreNoCompany() {
    assertRefused(Map.of(1, BATTERY, 2, BATTERY, 3, HEAT_STORE), "batteries of 2");
    assertRefused(Map.of(1, BATTERY, 2, BATTERY, 3, BATTERY, 4, HEAT_STORE), "heat stores of 1");
  }

  /** Two that store nothing beside one that does would show that one alone. */
  @Test
  void storesOfNoSizeAreNoCompany() {
    assertRefused(Map.of(1, BATTERY, 2, NO_POWER, 3, NO_ENERGY), "batteries of 1");
  }

  @Test
  void theRootIsNoCompany() {
    assertRefused(Map.of(ROOT, BATTERY, 2, BATTERY, 3, BATTERY), "batteries of 3");
    assertRefused(Map.of(ROOT, BATTERY), "batteries of 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threeOwnersOrNoneAreAllowed(boolean three) {
    GridCase allowed =
        with(three ? Map.of(1, BATTERY, 2, BATTERY, 3, BATTERY) : Map.<Integer, DeviceSpec>of());
    assertThat(run(allowed, Sensitivities.FULL).status()).isEqualTo(RunStatus.CONVERGED);
  }

  /** What is refused would go with the blocks of each step, whoever reads them. */
  @ParameterizedTest
  @ValueSource(strings = {"BLOCKS", "ROOT"})
  void blocksNeedNoCompanyOfOwners(Sensitivities sensitivities) {
    assertThat(run(with(Map.of(1, BATTERY)), sensitivities).status())
        .isEqualTo(RunStatus.CONVERGED);
  }
}
