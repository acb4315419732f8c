package io.dualgrid.caseio.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A sound case of four nodes and four profile rows in a folder, for tests to break. */
final class CaseFolder {
  private static final String CASE =
      """
      {
        "formatVersion": 1,
        "name": "small",
        "source": "made up for tests",
        "limits": {
          "horizonHours": 24, "profileRows": 4, "basePowerKw": 1000, "baseImpedanceOhm": 100,
          "voltageMinPu": 0.95, "voltageMaxPu": 1.05, "rootVoltagePu": 1,
          "exchangeMaxKw": 100000, "networkChargePerKwh": 0.244343
        },
        "nodes": [
          {"id": 7, "name": "substation", "devices": [
            {"kind": "GI", "buyMaxKw": 5000, "sellMaxKw": 5000,
             "buyPricePerKwh": {"file": "price.csv", "column": "price", "factor": 1},
             "sellPricePerKwh": {"file": "price.csv", "column": "price", "factor": 0.5},
             "powerFactorMin": 0.8}]},
          {"id": 3, "name": "works", "devices": [
            {"kind": "P_load", "powerKw": {"file": "load.csv", "column": "works", "factor": 1}},
            {"kind": "H_load", "heatKw": {"file": "load.csv", "column": "heat", "factor": 2}},
            {"kind": "CHP", "powerMaxKw": 100, "heatPerPower": 1.5, "gasPricePerKwh": 0.4,
             "powerFactorMin": 0.8},
            {"kind": "HS", "heatMaxKw": 20, "energyMaxKwh": 60, "energyStartKwh": 18,
             "lossPerHour": 0.001}]},
          {"id": 5, "name": "", "devices": []},
          {"id": 4, "name": "school", "devices": [
            {"kind": "Q_load", "powerKvar": {"file": "load.csv", "column": "q", "factor": 1}},
            {"kind": "PV", "availableKw": {"file": "load.csv", "column": "sun", "factor": 1},
             "powerFactorMin": 0.9},
            {"kind": "BT", "powerMaxKw": 30, "energyMaxKwh": 90, "energyStartKwh": 27,
             "lossPerHour": 0.001, "chargeEfficiency": 0.95, "dischargeEfficiency": 0.95,
             "powerFactorMin": 0.8},
            {"kind": "EHP", "powerMaxKw": 10, "cop": 3.5, "powerFactorMin": 0.8},
            {"kind": "EH", "powerMaxKw": 10, "efficiency": 0.95}]}
        ],
        "lines": [
          {"from": 7, "to": 3, "resistanceOhm": 0.1, "reactanceOhm": 0.2},
          {"from": 7, "to": 5, "resistanceOhm": 0.1, "reactanceOhm": 0.2},
          {"from": 5, "to": 4, "resistanceOhm": 0.1, "reactanceOhm": 0.2}
        ]
      }
      """;

  final Path folder;

  private CaseFolder(Path folder) {
    this.folder = folder;
  }

  static CaseFolder sound(Path parent) {
    try {
      CaseFolder made = new CaseFolder(Files.createDirectories(parent.resolve("small")));
      made.write("case.json", CASE);
      made.write("load.csv", "works,heat,q,sun\n10,40,1,0\n20,50,-1,5\n30,60,2,6\n20,40,1,0\n");
      made.write("price.csv", "price\n0.4\n0.7\n1.1\n0.4\n");
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CaseFolder write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  CaseFolder write(String file, byte[] bytes) {
    try {
      Files.write(folder.resolve(file), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CaseFolder delete(String file) {
    try {
      Files.delete(folder.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text that must be there. */
  CaseFolder replace(String file, String old, String replacement) {
    String text = read(file);
    assertThat(text).contains(old);
    return write(file, text.replace(old, replacement));
  }

  /** Edits case.json as a tree. */
  CaseFolder edit(Consumer<ObjectNode> edit) {
    try {
      ObjectNode json = (ObjectNode) new ObjectMapper().readTree(read("case.json"));
      edit.accept(json);
      return write("case.json", json.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object inside case.json, by JSON pointer. */
  static ObjectNode at(JsonNode json, String pointer) {
    return (ObjectNode) json.at(pointer);
  }

  String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
