package io.dualgrid.mask.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * Learns what rows of each kind look like and names the kind of a new one: nearest class mean,
 * every feature measured by its spread within the classes.
 */
final class TemplateClassifier {
  private static final double LEAST_SPREAD = 1e-6;

  private final List<String> kinds = new ArrayList<>();
  private final double[][] means;
  private final double[] spreads;

  /** Learns; features and labels of each sample row. */
  TemplateClassifier(List<double[]> features, List<String> labels) {
    int length = features.get(0).length;
    for (String label : labels) {
      if (!kinds.contains(label)) {
        kinds.add(label);
      }
    }
    means = new double[kinds.size()][length];
    int[] counts = new int[kinds.size()];
    for (int i = 0; i < features.size(); i++) {
      int kind = kinds.indexOf(labels.get(i));
      counts[kind]++;
      for (int f = 0; f < length; f++) {
        means[kind][f] += features.get(i)[f];
      }
    }
    for (int kind = 0; kind < means.length; kind++) {
      for (int f = 0; f < length; f++) {
        means[kind][f] /= counts[kind];
      }
    }
    spreads = new double[length];
    for (int i = 0; i < features.size(); i++) {
      int kind = kinds.indexOf(labels.get(i));
      for (int f = 0; f < length; f++) {
        double deviation = features.get(i)[f] - means[kind][f];
        spreads[f] += deviation * deviation / features.size();
      }
    }
    for (int f = 0; f < length; f++) {
      spreads[f] = Math.max(Math.sqrt(spreads[f]), LEAST_SPREAD);
    }
  }

  /** The kind that a row most looks like. */
  String classify(double[] features) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int kind = 0; kind < means.length; kind++) {
      double distance = 0.0;
      for (int f = 0; f < features.length; f++) {
        double deviation = (features[f] - means[kind][f]) / spreads[f];
        distance += deviation * deviation;
      }
      if (distance < least) {
        least = distance;
        best = kind;
      }
    }
    return kinds.get(best);
  }
}
