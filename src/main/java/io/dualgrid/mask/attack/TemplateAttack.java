package io.dualgrid.mask.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Does the cloud find the rows of a device? It guesses the whole program (its library is right, the
 * worst case), masks the guess itself some times to learn what rows of each kind look like under
 * such a mask, and names the rows of the problem it was sent.
 *
 * <p>Score: the part of the rows of a kind that are named right, averaged over the kinds. Blind
 * guessing: the same names, dealt out to the rows at random (a permutation test). Rows of one mask
 * are not independent, which shuffling does not see; so the scatter between masks is added to its
 * variance.
 */
final class TemplateAttack {
  private static final String REDUNDANT = "redundant";
  private static final int SHUFFLES = 200;

  private TemplateAttack() {}

  static AttackResult run(
      RowFeatures features,
      List<MaskSample> training,
      List<MaskSample> targets,
      RandomGenerator random) {
    List<double[]> samples = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (MaskSample sample : training) {
      double[][] vectors = features.of(sample.rows());
      for (int j = 0; j < vectors.length; j++) {
        samples.add(vectors[j]);
        labels.add(sample.kinds()[j] == null ? REDUNDANT : sample.kinds()[j]);
      }
    }
    TemplateClassifier classifier = new TemplateClassifier(samples, labels);
    List<String[]> truths = new ArrayList<>();
    List<String[]> guesses = new ArrayList<>();
    for (MaskSample target : targets) {
      double[][] vectors = features.of(target.rows());
      List<String> truth = new ArrayList<>();
      List<String> guess = new ArrayList<>();
      for (int j = 0; j < vectors.length; j++) {
        if (target.kinds()[j] != null) {
          truth.add(target.kinds()[j]);
          guess.add(classifier.classify(vectors[j]));
        }
      }
      truths.add(truth.toArray(String[]::new));
      guesses.add(guess.toArray(String[]::new));
    }
    Map<String, Double> recall = recall(truths, guesses);
    double betweenMasks = squaredErrorBetweenMasks(truths, guesses);
    double sum = 0.0;
    double squares = 0.0;
    for (int round = 0; round < SHUFFLES; round++) {
      guesses.forEach(guess -> shuffle(guess, random));
      double score = mean(recall(truths, guesses));
      sum += score;
      squares += score * score;
    }
    double chance = sum / SHUFFLES;
    double variance = Math.max(0.0, squares / SHUFFLES - chance * chance);
    StringBuilder detail = new StringBuilder();
    recall.forEach(
        (kind, part) ->
            detail
                .append(detail.isEmpty() ? "" : ", ")
                .append(kind)
                .append(' ')
                .append(Math.round(100 * part))
                .append(" %"));
    return new AttackResult(
        features.name(),
        "the whole program, right",
        mean(recall),
        chance,
        Math.sqrt(variance * SHUFFLES / (SHUFFLES - 1) + betweenMasks),
        "rows named right: " + detail);
  }

  private static double squaredErrorBetweenMasks(List<String[]> truths, List<String[]> guesses) {
    int n = truths.size();
    double sum = 0.0;
    double squares = 0.0;
    for (int mask = 0; mask < n; mask++) {
      double score = mean(recall(truths.subList(mask, mask + 1), guesses.subList(mask, mask + 1)));
      sum += score;
      squares += score * score;
    }
    return n > 1 ? Math.max(0.0, squares - sum * sum / n) / (n - 1) / n : 0.0;
  }

  private static void shuffle(String[] names, RandomGenerator random) {
    for (int i = names.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      String name = names[i];
      names[i] = names[j];
      names[j] = name;
    }
  }

  private static double mean(Map<String, Double> recall) {
    return recall.values().stream().mapToDouble(Double::doubleValue).average().orElse(0.0);
  }

  /** Part of the rows of each kind that are named right. */
  private static Map<String, Double> recall(List<String[]> truths, List<String[]> guesses) {
    Map<String, double[]> counts = new TreeMap<>();
    for (int mask = 0; mask < truths.size(); mask++) {
      for (int j = 0; j < truths.get(mask).length; j++) {
        String kind = truths.get(mask)[j];
        double[] entry = counts.computeIfAbsent(kind, key -> new double[2]);
        entry[0] += kind.equals(guesses.get(mask)[j]) ? 1.0 : 0.0;
        entry[1]++;
      }
    }
    Map<String, Double> recall = new TreeMap<>();
    counts.forEach((kind, entry) -> recall.put(kind, entry[0] / entry[1]));
    return recall;
  }
}
