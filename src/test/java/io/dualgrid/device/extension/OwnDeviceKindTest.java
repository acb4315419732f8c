package io.dualgrid.device.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualgrid.cli.CommandLineRun;
import io.dualgrid.device.DeviceKinds;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of device is one file and one line: read, checked, dispatched and drawn without more. */
class OwnDeviceKindTest {
  private static final String CASE =
      """
      {
        "formatVersion": 1, "name": "shed", "source": "made up",
        "limits": {
          "horizonHours": 24, "profileRows": 24, "basePowerKw": 1000, "baseImpedanceOhm": 100,
          "voltageMinPu": 0.95, "voltageMaxPu": 1.05, "rootVoltagePu": 1,
          "exchangeMaxKw": 10000, "networkChargePerKwh": 0.1
        },
        "nodes": [
          {"id": 0, "name": "root", "devices": [{
            "kind": "GI", "buyMaxKw": 1000, "sellMaxKw": 1000,
            "buyPricePerKwh": {"file": "p.csv", "column": "price", "factor": 1},
            "sellPricePerKwh": {"file": "p.csv", "column": "price", "factor": 0.5}
          }]},
          {"id": 1, "name": "harbour", "devices": [
            {"kind": "CL", "powerKw": {"file": "p.csv", "column": "load", "factor": FACTOR}, "shedPerKwh": SHED}
          ]}
        ],
        "lines": [{"from": 0, "to": 1, "resistanceOhm": 0.1, "reactanceOhm": 0.1}]
      }
      """;

  @TempDir Path folder;
  private final StringWriter output = new StringWriter();
  private ClassLoader loader;

  @BeforeEach
  void register() throws IOException {
    Path registration = folder.resolve("registration");
    Files.writeString(registration, CurtailableLoad.Kind.class.getName() + "\n");
    loader = new OneMoreKindLoader(registration.toUri().toURL());
    Files.writeString(
        folder.resolve("p.csv"), "price,load\n" + "0.5,100\n".repeat(12) + "0.2,80\n".repeat(12));
  }

  private int execute(String... arguments) throws ReflectiveOperationException {
    Method run =
        loader
            .loadClass(CommandLineRun.class.getName())
            .getMethod("of", Writer.class, String[].class);
    try {
      return (Integer) run.invoke(null, output, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(output.toString(), e.getCause());
    }
  }

  private void writeCase(double factor, double shedPerKwh) throws IOException {
    Files.writeString(
        folder.resolve("case.json"),
        CASE.replace("FACTOR", "" + factor).replace("SHED", "" + shedPerKwh));
  }

  @Test
  void isUnknownWithoutItsRegistration() {
    assertThat(DeviceKinds.find("CL")).isEmpty();
  }

  @Test
  void isReadDispatchedAndDrawn() throws Exception {
    writeCase(1, 0.3);
    assertThat(execute("validate", folder.toString())).as(output.toString()).isZero();
    Path results = folder.resolve("results");
    int code =
        execute(
            "run",
            folder.toString(),
            "--privacy",
            "none",
            "--qp",
            "java",
            "--out",
            results.toString());
    assertThat(code).as(output.toString()).isZero();
    // Shedding costs 0.3 a kWh, buying 0.5 in the first half and 0.2 in the second; the run agrees
    // to 1e-5 of 1,000 kW.
    String dispatch = Files.readString(results.resolve("dispatch.csv"));
    assertThat(valueOf(dispatch, "1,CL,P_shed,kW,0,")).isCloseTo(100, within(0.1));
    assertThat(valueOf(dispatch, "1,CL,P_shed,kW,12,")).isCloseTo(0, within(0.1));
    String page = Files.readString(results.resolve("report.html"));
    assertThat(page).contains("\"CL\":[\"curtailable load\",\"c-brown\"]");
  }

  private static double valueOf(String dispatch, String start) {
    return dispatch
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length()).split(",")[0]))
        .findFirst()
        .orElseThrow(() -> new AssertionError(start + " is not in\n" + dispatch));
  }

  @Test
  void isRefusedByItsOwnFieldsAndRules() throws Exception {
    writeCase(-1, -0.3);
    assertThat(execute("validate", folder.toString())).isEqualTo(2);
    assertThat(output.toString()).contains("node 1").contains("shedPerKwh").contains("-0.3");
    writeCase(-1, 0.3);
    assertThat(execute("validate", folder.toString())).isEqualTo(2);
    assertThat(output.toString()).contains("powerKw").contains("must not be negative");
  }
}
