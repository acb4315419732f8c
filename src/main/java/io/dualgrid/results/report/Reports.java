package io.dualgrid.results.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.results.FileContent;
import java.util.List;

/** Pages drawn from the files of runs; each is one file that needs nothing else and no network. */
public final class Reports {
  /** Name of the page beside the other files of a run. */
  public static final String NAME = "report.html";

  private Reports() {}

  /** The report of one run. */
  public static FileContent report(RunFolder run) {
    String title = "dualgrid: " + run.summary().path("case").asText("run");
    return new Page(title, "report.js", PageData.whole(run));
  }

  /** Runs side by side. */
  public static FileContent comparison(List<RunFolder> runs) {
    ObjectNode data = new ObjectMapper().createObjectNode();
    ArrayNode all = data.putArray("runs");
    runs.forEach(run -> all.add(PageData.convergence(run)));
    return new Page("dualgrid: comparison", "compare.js", data);
  }
}
