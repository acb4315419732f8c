package io.dualgrid.caseio.format;

import static io.dualgrid.caseio.format.CaseFolder.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.OneRound;
import io.dualgrid.caseio.check.CaseCheck;
import io.dualgrid.problem.CaseException;
import io.dualgrid.problem.CaseProblem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of broken input, and what the reader says of it. */
@OneRound
class BrokenCaseTest {
  private static final String WORKS = "/nodes/1";
  private static final String CHP = "/nodes/1/devices/2";
  private static final String STORE = "/nodes/1/devices/3";
  private static final String BATTERY = "/nodes/3/devices/2";
  private static final String PUMP = "/nodes/3/devices/3";

  @TempDir Path parent;

  /** What is broken, how, and the whole line that must say so. */
  record Broken(String name, Consumer<CaseFolder> breakIt, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Broken json(String name, Consumer<ObjectNode> edit, String expected) {
    return new Broken(name, folder -> folder.edit(edit), expected);
  }

  static Stream<Broken> structure() {
    return Stream.of(
        new Broken(
            "no case.json",
            folder -> folder.delete("case.json"),
            "case.json: there is no such file in FOLDER; give a case folder; make one with:"
                + " dualgrid import, build or new"),
        new Broken(
            "empty case.json",
            folder -> folder.write("case.json", ""),
            "case.json: is empty; write a JSON object { … }"),
        new Broken(
            "null in place of a case",
            folder -> folder.write("case.json", "null"),
            "case.json: null: must be an object { … }; write { \"formatVersion\": 1, \"name\": …,"
                + " \"source\": …, \"limits\": {…}, \"nodes\": […], \"lines\": […] }"),
        new Broken(
            "list in place of a case",
            folder -> folder.write("case.json", "[1, 2]"),
            "case.json: [1,2]: must be an object { … }; write { \"formatVersion\": 1, \"name\": …,"
                + " \"source\": …, \"limits\": {…}, \"nodes\": […], \"lines\": […] }"),
        new Broken(
            "text behind the case",
            folder -> folder.write("case.json", "{} y"),
            "case.json: row 1, column 4: is not valid JSON: Unrecognized token 'y'; mend it there,"
                + " or just before; an editor for JSON marks the spot"),
        new Broken(
            "case.json in another encoding",
            folder -> folder.write("case.json", new byte[] {'{', (byte) 0xE4, '}'}),
            "case.json: row 1: byte 0xE4: is not valid in UTF-8; save it again as UTF-8"),
        new Broken(
            "broken JSON",
            folder -> folder.replace("case.json", "\"name\": \"small\",", "\"name\": \"small\""),
            "case.json: row 4, column 3: is not valid JSON: Unexpected character ('\"' (code 34)):"
                + " was expecting comma to separate Object entries; mend it there, or just before;"
                + " an editor for JSON marks the spot"),
        new Broken(
            "key twice",
            folder -> folder.replace("case.json", "\"cop\": 3.5", "\"cop\": 3.5, \"cop\": 4.5"),
            "case.json: row 31, column 58: is not valid JSON: Duplicate field 'cop';"
                + " mend it there, or just before; an editor for JSON marks the spot"),
        new Broken(
            "NaN for a number",
            folder -> folder.replace("case.json", "\"cop\": 3.5", "\"cop\": NaN"),
            "case.json: row 31, column 51: is not valid JSON: Non-standard token 'NaN';"
                + " mend it there, or just before; an editor for JSON marks the spot"),
        json(
            "format version of the future",
            json -> json.put("formatVersion", 2),
            "case.json: formatVersion = 2: must be 1; write the version of this format, such as 1"),
        json(
            "no source",
            json -> json.remove("source"),
            "case.json: source: is missing; add it: where the figures come from, such as"
                + " \"measured in 2024 by the municipal utility\""),
        json(
            "unknown key at the top",
            json -> json.put("money", "EUR"),
            "case.json: money = \"EUR\": unknown key; remove it, or write one of: formatVersion,"
                + " name, source, currency, start, timeZone, gridCo2KgPerKwh, gasCo2KgPerKwh,"
                + " limits, nodes, lines, assumed"),
        json(
            "nodes no list",
            json -> json.putObject("nodes"),
            "case.json: nodes = {}: must be a list [ … ]; write the nodes of the feeder, in any"
                + " order"),
        json(
            "device no object",
            json -> ((ArrayNode) json.at("/nodes/2/devices")).add(5),
            "case.json: node 5, device 1 (?): 5: a device must be an object { … }; write for"
                + " example {\"kind\": \"EH\", …}"),
        json(
            "unknown kind of device",
            json -> at(json, CHP).put("kind", "CPH"),
            "case.json: node 3, device 3 (CPH): kind = CPH: unknown kind of device; write one of:"
                + " P_load, Q_load, H_load, PV, WP, CHP, BT, HS, EHP, AHP, EH, SH, GEN, DL, GI"),
        json(
            "unknown key of a device",
            json -> at(json, BATTERY).put("P_max", 3),
            "case.json: node 4, device 3 (BT): P_max = 3: unknown key; remove it, or write one of:"
                + " kind, powerMaxKw, energyMaxKwh, energyStartKwh, energyEndKwh,"
                + " lossPerHour, chargeEfficiency, dischargeEfficiency, powerFactorMin"),
        json(
            "smallest power above the largest",
            json -> at(json, CHP).put("powerMinKw", 200),
            "case.json: node 3, device 3 (CHP): powerMaxKw = 100: is below powerMinKw = 200; swap"
                + " them, or correct one"),
        json(
            "negative smallest power",
            json -> at(json, CHP).put("powerMinKw", -1),
            "case.json: node 3, device 3 (CHP): powerMinKw = -1: must not be negative; write the"
                + " smallest electric power in kW while it is on, not negative; 0 when left out,"
                + " such as 20"),
        json(
            "part of an hour on",
            json -> at(json, PUMP).put("powerMinKw", 2).put("onHoursMin", 1.5),
            "case.json: node 4, device 4 (EHP): onHoursMin = 1.5: must be a whole number below"
                + " 2147483648; write the least time on in whole hours once it has started; none"
                + " when left out, such as 2"),
        json(
            "negative time off",
            json -> at(json, PUMP).put("powerMinKw", 2).put("offHoursMin", -2),
            "case.json: node 4, device 4 (EHP): offHoursMin = -2: must not be negative; write the"
                + " least time off in whole hours once it has stopped; none when left out, such as"
                + " 2"),
        json(
            "cost of a start that is earned",
            json -> at(json, PUMP).put("powerMinKw", 2).put("startCost", -5),
            "case.json: node 4, device 4 (EHP): startCost = -5: must not be negative; write the"
                + " cost of each start in currency, not negative; 0 when left out, such as 15"),
        json(
            "published name of a least time",
            json -> at(json, PUMP).put("tau_on", 3),
            "case.json: node 4, device 4 (EHP): tau_on = 3: unknown key; remove it, or write one of:"
                + " kind, powerMaxKw, cop, powerFactorMin, powerMinKw, onHoursMin, offHoursMin,"
                + " startCost"));
  }

  /** Loads and limits, each a number that could be, which no dispatch can bring together. */
  static Stream<Broken> supply() {
    return Stream.of(
        json(
            "root that may buy too little",
            json -> {
              at(json, "/nodes/1/devices/0/powerKw").put("factor", 10);
              at(json, "/nodes/0/devices/0").put("buyMaxKw", 163.9);
            },
            // 300 of the works, minus 100 of its plant, 6 of the sun and 30 of the battery
            "case.json: node 7: P_load = 164: kW that cannot be supplied on the spot at row 4 (step"
                + " from 12 h) on the whole feeder, more than the root may buy, buyMaxKw = 163.9"
                + " kW; raise buyMaxKw, add supply, or lower the loads"),
        json(
            "line that may carry too little",
            json -> {
              at(json, "/nodes/1/devices/0/powerKw").put("factor", 10);
              at(json, "/limits").put("exchangeMaxKw", 199.9);
            },
            "case.json: node 3: P_load = 200: kW that cannot be supplied on the spot at row 4 (step"
                + " from 12 h) at the node and below it, more than exchangeMaxKw = 199.9 kW, which"
                + " its line may carry; lower the loads or their factors, add supply, or raise"
                + " limits.exchangeMaxKw"),
        json(
            "factor out of this world",
            json -> at(json, "/nodes/1/devices/0/powerKw").put("factor", 1e300),
            "case.json: node 3, device 1 (P_load): powerKw = 1.0E301: is beyond 1e9, more than any"
                + " feeder has, at row 2 of load.csv; correct the value there, or the factor"
                + " 1.0E300"),
        json(
            "limit out of this world",
            json -> at(json, CHP).put("powerMaxKw", 1e12),
            "case.json: node 3, device 3 (CHP): powerMaxKw = 1.0E12: is beyond 1e9, more than any"
                + " feeder has; write the figure in kW or kWh"),
        json(
            "line out of this world",
            json -> at(json, "/lines/0").put("resistanceOhm", 1e307),
            "case.json: line 1 (7 -> 3): resistanceOhm = 1.0E307: is beyond 1e9, more than any"
                + " feeder has; write the figure in ohm"));
  }

  static Stream<Broken> numbers() {
    return Stream.of(
        json(
            "negative limit",
            json -> at(json, CHP).put("powerMaxKw", -100),
            "case.json: node 3, device 3 (CHP): powerMaxKw = -100: must not be negative; write the"
                + " largest electric power in kW, such as 1000"),
        json(
            "limit missing",
            json -> at(json, BATTERY).remove("energyStartKwh"),
            "case.json: node 4, device 3 (BT): energyStartKwh: is missing; add it: the stored"
                + " energy in kWh at the start, to which it returns at the end unless energyEndKwh"
                + " says otherwise; at most energyMaxKwh, such as 300"),
        json(
            "number in quotes",
            json -> at(json, CHP).put("powerMaxKw", "100"),
            "case.json: node 3, device 3 (CHP): powerMaxKw = \"100\": is text, not a number; write"
                + " it without quotes: 100"),
        json(
            "no number",
            json -> at(json, CHP).put("powerMaxKw", "plenty"),
            "case.json: node 3, device 3 (CHP): powerMaxKw = \"plenty\": is text, not a number;"
                + " write the largest electric power in kW, such as 1000"),
        new Broken(
            "infinite number",
            folder -> folder.replace("case.json", "\"powerMaxKw\": 100,", "\"powerMaxKw\": 1e999,"),
            "case.json: node 3, device 3 (CHP): powerMaxKw = 1E+999: is too large for a number;"
                + " write the largest electric power in kW, such as 1000"),
        json(
            "efficiency in percent",
            json -> at(json, BATTERY).put("chargeEfficiency", 95),
            "case.json: node 4, device 3 (BT): chargeEfficiency = 95: must be at most 1; write the"
                + " share of the charged power that is stored, above 0, at most 1, such as 0.95"),
        json(
            "efficiency zero",
            json -> at(json, BATTERY).put("dischargeEfficiency", 0),
            "case.json: node 4, device 3 (BT): dischargeEfficiency = 0: must be above 0; write the"
                + " share of the power taken from the store that is delivered, above 0, at most 1,"
                + " such as 0.95"),
        json(
            "loss above everything",
            json -> at(json, STORE).put("lossPerHour", 1.5),
            "case.json: node 3, device 4 (HS): lossPerHour = 1.5: must be at most 1; write the"
                + " share of the stored energy lost in an hour, from 0 to 1, such as 0.001"),
        json(
            "power factor above one",
            json -> at(json, CHP).put("powerFactorMin", 1.2),
            "case.json: node 3, device 3 (CHP): powerFactorMin = 1.2: must be at most 1; write the"
                + " smallest power factor: |Q| is at most P·tan(acos(powerFactorMin)); above 0, at"
                + " most 1, such as 0.8"),
        json(
            "storage start above its size",
            json -> at(json, BATTERY).put("energyStartKwh", 100),
            "case.json: node 4, device 3 (BT): energyStartKwh = 100: is above energyMaxKwh = 90;"
                + " write a start level from 0 to 90"),
        json(
            "store that cannot hold its level",
            json -> at(json, BATTERY).put("lossPerHour", 0.9).put("powerMaxKw", 20),
            "case.json: node 4, device 3 (BT): powerMaxKw = 20: times 0.95, full charging cannot"
                + " make up for the loss of 24.3 kW at the start level, to which the store must"
                + " return; raise powerMaxKw, or lower energyStartKwh or lossPerHour"),
        json(
            "storage end above its size",
            json -> at(json, BATTERY).put("energyEndKwh", 100),
            "case.json: node 4, device 3 (BT): energyEndKwh = 100: is above energyMaxKwh = 90;"
                + " write an end level from 0 to 90"),
        json(
            "end that charging does not reach",
            json -> at(json, BATTERY).put("energyEndKwh", 60).put("powerMaxKw", 1),
            // 27 + 24·(0.95·1 − 0.001·27)
            "case.json: node 4, device 3 (BT): energyEndKwh = 60: is out of reach: from"
                + " energyStartKwh = 27, full charging over 24 h ends at most 49.152; write a level"
                + " nearer to energyStartKwh, or raise powerMaxKw"),
        json(
            "end that discharging does not reach",
            json -> at(json, BATTERY).put("energyEndKwh", 0).put("powerMaxKw", 0.95),
            // 27 − 24·(0.95/0.95 + 0.001·27)
            "case.json: node 4, device 3 (BT): energyEndKwh = 0: is out of reach: from"
                + " energyStartKwh = 27, full discharging over 24 h ends at least 2.352; write a"
                + " level nearer to energyStartKwh, or raise powerMaxKw"),
        json(
            "end that is lost on the way",
            json ->
                at(json, BATTERY)
                    .put("energyEndKwh", 26)
                    .put("powerMaxKw", 0)
                    .put("lossPerHour", 0.1),
            // 27·exp(−0.1·24)
            "case.json: node 4, device 3 (BT): energyEndKwh = 26: is out of reach: from"
                + " energyStartKwh = 27, full charging over 24 h ends at most 2.449; write a level"
                + " nearer to energyStartKwh, or raise powerMaxKw"),
        json(
            "voltage limits swapped",
            json -> at(json, "/limits").put("voltageMinPu", 1.05).put("voltageMaxPu", 0.95),
            "case.json: limits: voltageMaxPu = 0.95: must be above voltageMinPu = 1.05; write for"
                + " example 0.95 and 1.05"),
        json(
            "base power out of this world",
            json -> at(json, "/limits").put("basePowerKw", 1e-300),
            "case.json: limits: basePowerKw = 1E-300: is outside 0.001 to 1000000000; write a power"
                + " in kW"),
        json(
            "base impedance out of this world",
            json -> at(json, "/limits").put("baseImpedanceOhm", 1e300),
            "case.json: limits: baseImpedanceOhm = 1E+300: is outside 0.000000001 to 1000000000;"
                + " write U²·1000/basePowerKw of the nominal voltage U in kV, or a basePowerKw"
                + " nearer to 1000"),
        json(
            "horizon of ages",
            json -> at(json, "/limits").put("horizonHours", 1e300),
            "case.json: limits: horizonHours = 1E+300: is outside 0.001 to 1000000; write the hours"
                + " of the profiles"),
        json(
            "root voltage outside",
            json -> at(json, "/limits").put("rootVoltagePu", 1.1),
            "case.json: limits: rootVoltagePu = 1.1: is outside the voltage limits; write a voltage"
                + " between 0.95 and 1.05"),
        json(
            "half a row",
            json -> at(json, "/limits").put("profileRows", 4.5),
            "case.json: limits: profileRows = 4.5: must be a whole number below 2147483648; write"
                + " the number of rows of every profile over the horizon; the steps of a run must"
                + " divide it, such as 96"),
        json(
            "selling dearer than buying",
            json -> at(json, "/nodes/0/devices/0/sellPricePerKwh").put("factor", 1.2),
            "case.json: node 7, device 1 (GI): sellPricePerKwh = 0.48: is above the price of"
                + " buying, 0.4, at row 2 (from 0 h), so that buying and selling at once would earn"
                + " money; lower sellPricePerKwh to the price of buying or below"),
        json(
            "heat that nothing serves",
            json -> at(json, CHP).put("powerMaxKw", 50),
            "case.json: node 3: H_load = 120: kW of heat at row 4 (step from 12 h), but the devices"
                + " of the node supply at most 95 kW; add a CHP, EHP, AHP, EH or HS to the node, or"
                + " raise the limits of those there"),
        json(
            "heat that only the store serves",
            json -> at(json, CHP).put("powerMaxKw", 70).put("heatPerPower", 0.01),
            "case.json: node 3: H_load = 120: kW of heat at row 4 (step from 12 h), but the devices"
                + " of the node supply at most 20.7 kW; add a CHP, EHP, AHP, EH or HS to the node,"
                + " or raise the limits of those there"),
        json(
            "more heat over the day than the sources have",
            json -> {
              at(json, CHP).put("powerMaxKw", 60);
              at(json, STORE).put("heatMaxKw", 200);
            },
            "case.json: node 3: H_load = 2280: kWh of heat over the horizon, but without the heat"
                + " store, which must end where it started, the devices of the node supply at most"
                + " 2160 kWh; add a CHP, EHP, AHP, EH or HS to the node, or raise the limits of"
                + " those there"),
        json(
            "heat store alone with a loss",
            json -> {
              ArrayNode devices = (ArrayNode) json.at(WORKS + "/devices");
              devices.remove(2);
              devices.remove(1);
            },
            "case.json: node 3: HS: nothing at the node makes up for the losses of the heat store;"
                + " add a source of heat, or write lossPerHour 0"));
  }

  static Stream<Broken> network() {
    return Stream.of(
        json(
            "node twice",
            json -> at(json, "/nodes/2").put("id", 3),
            "case.json: entry 3 of nodes: id = 3: node 3 is there twice; give every node its own"
                + " id, or remove the second entry"),
        json(
            "missing node",
            json -> at(json, "/lines/2").put("to", 44),
            "case.json: line 3 (5 -> 44): to = 44: there is no such node; add node 44 to nodes, or"
                + " correct the end of the line"),
        json(
            "node without a path from the root",
            json -> ((ArrayNode) json.get("lines")).remove(1),
            "case.json: nodes 5, 4: no path from root 7; add the missing line, or remove the"
                + " nodes"),
        json(
            "cycle",
            json ->
                ((ArrayNode) json.get("lines"))
                    .addObject()
                    .put("from", 4)
                    .put("to", 3)
                    .put("resistanceOhm", 1)
                    .put("reactanceOhm", 1),
            "case.json: line 4 (4 -> 3): closes a loop (cycle) over the nodes 4, 5, 7, 3; remove the line of the loop that is normally open; the feeder must be radial"),
        json(
            "parallel line",
            json ->
                ((ArrayNode) json.get("lines"))
                    .addObject()
                    .put("from", 3)
                    .put("to", 7)
                    .put("resistanceOhm", 1)
                    .put("reactanceOhm", 1),
            "case.json: line 4 (3 -> 7): joins the same nodes as line 1; keep one line with the"
                + " joint impedance of both"),
        json(
            "line to itself",
            json -> at(json, "/lines/2").put("to", 5),
            "case.json: line 3 (5 -> 5): to = 5: the line ends where it starts; correct an end"),
        json(
            "second root by a line turned round",
            json -> at(json, "/lines/2").put("from", 4).put("to", 5),
            "case.json: line 3 (4 -> 5): from = 4: points towards the root, so that node 4 would be"
                + " a second root; swap the ends: from 5 to 4"),
        json(
            "second root by a second grid interface",
            json -> ((ArrayNode) json.at("/nodes/2/devices")).add(json.at("/nodes/0/devices/0")),
            "case.json: nodes 7, 5: devices = GI: two roots: more than one node has a grid"
                + " interface (GI); keep the one at the root; a feeder with two supplies is not"
                + " radial"),
        json(
            "two grid interfaces at the root",
            json -> ((ArrayNode) json.at("/nodes/0/devices")).add(json.at("/nodes/0/devices/0")),
            "case.json: node 7: devices = GI: more than one grid interface (GI) at the root; join"
                + " them into one"),
        json(
            "no grid interface",
            json -> ((ArrayNode) json.at("/nodes/0/devices")).remove(0),
            "case.json: node 7: devices: no node has a grid interface (GI); add a device of kind GI"
                + " to the root, the node that the grid above feeds"),
        json(
            "negative resistance",
            json -> at(json, "/lines/0").put("resistanceOhm", -0.1),
            "case.json: line 1 (7 -> 3): resistanceOhm = -0.1: must not be negative; write the"
                + " series resistance in ohm, not negative, such as 0.0966"));
  }

  static Stream<Broken> profiles() {
    return Stream.of(
        new Broken(
            "no profile file",
            folder -> folder.delete("price.csv"),
            "price.csv: node 7, device 1 (GI): there is no such file in FOLDER; put it there, or"
                + " correct the name; upper and lower case count"),
        json(
            "file outside the folder",
            json -> at(json, WORKS + "/devices/0/powerKw").put("file", "../../etc/load.csv"),
            "case.json: node 3, device 1 (P_load): file = ../../etc/load.csv: is not inside the case"
                + " folder; copy the file into the folder and give its name alone, with forward"
                + " slashes"),
        json(
            "missing column",
            json -> at(json, WORKS + "/devices/0/powerKw").put("column", "wroks"),
            "load.csv: node 3, device 1 (P_load): column = wroks: there is no such column; name one"
                + " of: works, heat, q, sun"),
        json(
            "column as a number",
            json -> at(json, WORKS + "/devices/0/powerKw").put("column", 1),
            "case.json: node 3, device 1 (P_load): powerKw.column = 1: must be text in double"
                + " quotes; write the header of a column of that file, as text, such as \"1\""),
        new Broken(
            "column twice",
            folder -> folder.replace("load.csv", "works,heat,q,sun", "works,works,q,heat"),
            "load.csv: node 3, device 1 (P_load): column = works: the column is there twice; rename"
                + " one of them"),
        new Broken(
            "short column",
            folder -> folder.replace("price.csv", "1.1\n0.4\n", "1.1\n"),
            "price.csv: node 7, device 1 (GI): column = price: 3 rows of values, but"
                + " limits.profileRows is 4; add the missing 1 rows, or correct"
                + " limits.profileRows"),
        new Broken(
            "long column",
            folder -> folder.replace("price.csv", "1.1\n0.4\n", "1.1\n0.4\n0.4\n0.4\n"),
            "price.csv: node 7, device 1 (GI): column = price: 6 rows of values, but"
                + " limits.profileRows is 4; remove the last 2 rows, or correct"
                + " limits.profileRows"),
        new Broken(
            "header only",
            folder -> folder.write("price.csv", "price\n"),
            "price.csv: node 7, device 1 (GI): column = price: has no rows of values; add one row"
                + " per value"),
        new Broken(
            "empty file",
            folder -> folder.write("price.csv", "\r\n"),
            "price.csv: is empty; write a header row and one row per profile value"),
        new Broken(
            "text in a column",
            folder -> folder.replace("load.csv", "20,50,-1,5", "many,50,-1,5"),
            "load.csv: node 3, device 1 (P_load): row 3, column works = many: is not a number; write"
                + " a number such as 12.5, without units or thousands separators"),
        new Broken(
            "NaN in a column",
            folder -> folder.write("price.csv", "price\n0.4\nNaN\nnan\n0.4\n"),
            "price.csv: node 7, device 1 (GI): row 3, column price = NaN: is not a finite number"
                + " (and 1 more in this column); write a number such as 12.5, without units or"
                + " thousands separators"),
        new Broken(
            "infinity in a column",
            folder -> folder.replace("price.csv", "1.1", "1e400"),
            "price.csv: node 7, device 1 (GI): row 4, column price = 1e400: is too large for a"
                + " number; write a number such as 12.5, without units or thousands separators"),
        new Broken(
            "hole in a column",
            folder -> folder.replace("load.csv", "20,50,-1,5", ",50,-1,5"),
            "load.csv: node 3, device 1 (P_load): row 3, column works: has no value; write a number"
                + " such as 12.5, without units or thousands separators"),
        new Broken(
            "short row",
            folder -> folder.replace("load.csv", "20,50,-1,5", "20,50"),
            "load.csv: node 4, device 1 (Q_load): row 3, column q: has no value; write a number such"
                + " as 12.5, without units or thousands separators"),
        new Broken(
            "long row",
            folder -> folder.replace("load.csv", "20,50,-1,5", "20,50,-1,5,6"),
            "load.csv: row 3: 20,50,-1,5,6: 5 values for 4 columns; give every column a header;"
                + " write numbers with a decimal point"),
        new Broken(
            "semicolons and decimal commas",
            folder -> folder.write("load.csv", "works;heat;q;sun\r\n10,5;40;1;0\r\n"),
            "load.csv: row 1, column 1: works;heat;q;sun: the columns are separated by semicolons"
                + " and the numbers have decimal commas; save it with commas between the columns"
                + " and points in the numbers (in Excel: CSV UTF-8 under an English regional"
                + " setting)"),
        new Broken(
            "tabs",
            folder -> folder.write("load.csv", "works\theat\tq\tsun\n10\t40\t1\t0\n"),
            "load.csv: row 1, column 1: works heat q sun: the columns are separated by tabs; save"
                + " it with commas between the columns and points in the numbers (in Excel: CSV"
                + " UTF-8 under an English regional setting)"),
        new Broken(
            "decimal comma in quotes",
            folder -> folder.replace("load.csv", "20,50,-1,5", "\"20,5\",50,-1,5"),
            "load.csv: node 3, device 1 (P_load): row 3, column works = 20,5: has a decimal comma;"
                + " write it with a decimal point: 20.5"),
        new Broken(
            "decimal comma in a file of one column",
            folder -> folder.replace("price.csv", "0.7", "0,7"),
            "price.csv: row 3: 0,7: 2 values for 1 columns; if the comma is a decimal comma, write a"
                + " decimal point"),
        new Broken(
            "not UTF-8",
            folder ->
                folder.write(
                    "price.csv", "price\n0.4 €\n".getBytes(Charset.forName("windows-1252"))),
            "price.csv: row 2: byte 0x80: is not valid in UTF-8; save it again as UTF-8 (in Excel:"
                + " CSV UTF-8, comma delimited)"),
        new Broken(
            "UTF-16",
            folder ->
                folder.write("price.csv", "\uFEFFprice\n0.4\n".getBytes(StandardCharsets.UTF_16LE)),
            "price.csv: is encoded as UTF-16; save it again as UTF-8 (in Excel: CSV UTF-8, comma"
                + " delimited)"),
        new Broken(
            "UTF-16 without a mark",
            folder -> folder.write("price.csv", "price\n0.4\n".getBytes(StandardCharsets.UTF_16BE)),
            "price.csv: is encoded as UTF-16; save it again as UTF-8 (in Excel: CSV UTF-8, comma"
                + " delimited)"),
        new Broken(
            "open quote",
            folder -> folder.write("price.csv", "price\n\"0.4\n0.5\n"),
            "price.csv: row 2: cannot be read as comma-separated values: PARSER; close every double"
                + " quote, or write the cells without quotes"),
        new Broken(
            "negative heat load",
            folder -> folder.replace("load.csv", "20,50,-1,5", "20,-50,-1,5"),
            "case.json: node 3, device 2 (H_load): heatKw = -100: must not be negative, but is at"
                + " row 3, column heat of load.csv; correct the value there, or the factor 2"),
        new Broken(
            "negative sun",
            folder -> folder.replace("load.csv", "20,50,-1,5", "20,50,-1,-5"),
            "case.json: node 4, device 2 (PV): availableKw = -5: must not be negative, but is at row"
                + " 3, column sun of load.csv; correct the value there, or the factor 1"));
  }

  @ParameterizedTest
  @MethodSource({"structure", "numbers", "supply", "network", "profiles"})
  void isNamedWithItsPlaceValueAndWayOut(Broken broken) {
    CaseFolder folder = CaseFolder.sound(parent);
    broken.breakIt().accept(folder);
    List<String> found = new ArrayList<>();
    CaseCheck check = CaseReader.check(folder.folder);
    // what no dispatch can meet is a sound case, which central and run refuse
    List<CaseProblem> told = check.errors().isEmpty() ? check.warnings() : check.errors();
    for (CaseProblem problem : told) {
      found.add(
          problem
              .toString()
              .replace(folder.folder.toString(), "FOLDER")
              .replaceAll("PARSER|\\(startline.*\\)[^;]*", "PARSER")
              .replaceAll("separated values: [^;]*", "separated values: PARSER"));
    }
    assertThat(found).contains(broken.expected());
  }

  @Test
  void theSoundCaseHasNoProblems() {
    CaseCheck check = CaseReader.check(CaseFolder.sound(parent).folder);
    assertThat(check.errors()).isEmpty();
    assertThat(check.warnings()).isEmpty();
    assertThat(check.orThrow().nodes()).hasSize(4);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    CaseFolder folder =
        CaseFolder.sound(parent)
            .edit(
                json -> {
                  at(json, CHP).put("powerMaxKw", -1);
                  at(json, BATTERY).put("lossPerHour", 2).put("energyMaxKwh", -5);
                  at(json, "/lines/2").put("to", 44);
                  json.remove("source");
                })
            .replace("price.csv", "0.7", "x")
            .replace("load.csv", "20,50,-1,5", "20,50,-1,y");
    assertThatThrownBy(() -> CaseReader.read(folder.folder))
        .isInstanceOfSatisfying(
            CaseException.class,
            e ->
                assertThat(e.problems())
                    .extracting(CaseProblem::field)
                    .containsExactlyInAnyOrder(
                        "source",
                        "powerMaxKw",
                        "energyMaxKwh",
                        "lossPerHour",
                        "to",
                        "row 3, column price",
                        "row 3, column sun",
                        ""))
        .hasMessageContaining("8 problems")
        .hasMessageContaining("no path from root 7");
  }

  @Test
  void aFolderThatIsNoneIsNamed() {
    Path missing = parent.resolve("nowhere");
    assertThat(CaseReader.check(missing).errors().get(0))
        .hasToString(missing + ": there is no such folder; give the folder that holds case.json");
  }
}
