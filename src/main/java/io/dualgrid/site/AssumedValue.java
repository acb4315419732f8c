package io.dualgrid.site;

import java.util.List;

/**
 * A field that nobody stated, so that what made the case took a default.
 *
 * @param device the kind of device, or {@value #LIMITS} for the constants of the network
 * @param field its name in case.json
 * @param nodes whose devices of the kind have the default; none for the network
 */
public record AssumedValue(String device, String field, List<Integer> nodes) {
  /** What stands for a device where the field is of the whole network. */
  public static final String LIMITS = "limits";

  /** Copies the list. */
  public AssumedValue {
    nodes = List.copyOf(nodes);
  }
}
