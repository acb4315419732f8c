package io.dualgrid.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.ckks.ParameterSet;
import io.dualgrid.mask.MaskSettings;
import io.dualgrid.mask.MaskedDes;
import io.dualgrid.mask.MaskedProblem;
import io.dualgrid.qp.QuadraticProgram;
import io.dualgrid.results.Labels;
import io.dualgrid.run.Recording;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * What each step has to do at the least, for all energy systems of one iteration: bytes that cannot
 * but be moved, or floating-point operations (an addition and a multiplication are two), or bytes
 * to encrypt. bench/README.md derives them.
 */
final class LeastWork {
  private static final double KEY_PARTNERS = 16;
  private static final int MEMORY = 40;
  private static final double DOUBLE = 8;

  /** An amount of work: of what, and how much. */
  record Amount(double value, String unit) {}

  private final Map<String, Amount> amounts = new HashMap<>();

  private LeastWork() {}

  /** Sums over the energy systems of yingkou-60 that the amounts are made of. */
  static ObjectNode sizes() {
    Recording recording = Recording.load();
    Map<String, Double> sums = new java.util.TreeMap<>();
    for (QuadraticProgram program : recording.programs()) {
      try (MaskedDes des = MaskedDes.mask(program, MaskSettings.HARDENED, new SecureRandom())) {
        MaskedProblem problem = des.problem();
        double n = program.variableCount();
        double k = problem.dimension();
        double m = problem.rowCount();
        sums.merge("systems", 1.0, Double::sum);
        sums.merge("variables", n, Double::sum);
        sums.merge("rows", (double) program.rowCount(), Double::sum);
        sums.merge("entries", (double) program.constraints().values().length, Double::sum);
        sums.merge("maskedDimension", k, Double::sum);
        sums.merge("maskedDimensionLargest", k, Math::max);
        sums.merge("maskedRows", m, Double::sum);
        sums.merge("k2", k * k, Double::sum);
        sums.merge("k3", k * k * k, Double::sum);
        sums.merge("mk", m * k, Double::sum);
        sums.merge("nk", n * k, Double::sum);
      }
    }
    ObjectNode node = new ObjectMapper().createObjectNode();
    sums.forEach((name, value) -> node.put(name, value.longValue()));
    return node.put("lineEnds", 2 * (sums.get("systems").longValue() - 1)).put("steps", 24);
  }

  /** The amounts for given sizes. */
  static LeastWork of(JsonNode sizes) {
    double variables = sizes.get("variables").asDouble();
    double entries = sizes.get("entries").asDouble();
    double rows = sizes.get("rows").asDouble();
    double k2 = sizes.get("k2").asDouble();
    double k3 = sizes.get("k3").asDouble();
    double mk = sizes.get("mk").asDouble();
    double nk = sizes.get("nk").asDouble();
    double systems = sizes.get("systems").asDouble();
    double ends = sizes.get("lineEnds").asDouble();
    double steps = sizes.get("steps").asDouble();
    double state = 3 * steps * ends + 2 * steps * systems; // of the accelerated consensus
    LeastWork work = new LeastWork();
    // the cost read, the linear term written, each end's coefficients read
    work.bytes("linearTerm", DOUBLE * (2 * variables + 3 * steps * ends));
    // T from two rotations, Z through the triangular factor, no operation for the rows
    work.operations("drawMask hardened", 2 * (2 * k3 + 0.5 * k3));
    work.operations("drawMask published", 2 * (k3 + 0.5 * k3));
    work.operations("maskLinear", 2 * nk);
    work.operations("unmask", 2 * nk);
    work.bytes("checkAnswer", 2 * 12 * entries + DOUBLE * (4 * variables + 3 * rows));
    // one Newton step that leaves the active rows as they are: Hy and Gy kept, two triangles
    work.operations("maskedSolve", 2 * (2 * k2 + 2 * mk));
    // one pass over the constraints and the iterate
    work.bytes("directSolve", 12 * entries + DOUBLE * 2 * (variables + rows));
    for (ParameterSet set : ParameterSet.values()) {
      String name = Labels.of(set);
      double ciphertext = DOUBLE * set.parameters().ciphertextLength();
      work.bytes("encrypt " + name, 2 * ends * ciphertext);
      work.bytes("operatorSum " + name, 3 * ends * ciphertext);
      work.bytes("decrypt " + name, ends * ciphertext);
    }
    // two words an entry and one for zero, under a key for each partner
    double words = 2 * (4 * steps + 1 + 2 * MEMORY + 10) + 3;
    work.amounts.put("secureSum", new Amount(systems * KEY_PARTNERS * DOUBLE * words, "B of AES"));
    work.bytes("innerProducts", DOUBLE * state * (MEMORY + 4));
    work.bytes("mixing", DOUBLE * state * (MEMORY + 4));
    return work;
  }

  private void bytes(String step, double value) {
    amounts.put(step, new Amount(value, "B"));
  }

  private void operations(String step, double value) {
    amounts.put(step, new Amount(value, "op"));
  }

  /** The amount for a step, by its own name or by name and one of its settings; null when none. */
  Amount find(String step, Iterable<String> settings) {
    for (String setting : settings) {
      Amount amount = amounts.get(step + " " + setting);
      if (amount != null) {
        return amount;
      }
    }
    return amounts.get(step);
  }
}
