package io.dualgrid.results.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualgrid.results.FileContent;
import io.dualgrid.results.ResultFiles;
import io.dualgrid.results.ResultFolder;
import java.util.List;
import java.util.Map;

/** Pages drawn from the files of runs; each is one file that needs nothing else and no network. */
public final class Reports {
  /** Name of the page beside the other files of a run. */
  public static final String NAME = ResultFiles.REPORT;

  private Reports() {}

  /** The report of the files of a run, to be written with them. */
  public static ResultFiles.Drawing of(ResultFolder folder) {
    return (files, tables) ->
        Map.of(NAME, out -> report(RunFolder.of(folder.path(), files, tables)).writeTo(out));
  }

  /** The report of one run. */
  public static FileContent report(RunFolder run) {
    String title = "dualgrid: " + run.summary().path("case").asText("run");
    return new Page(title, "report.js", PageData.whole(run));
  }

  /**
   * A study.
   *
   * @param summary what is in its summary.json
   * @param bands by scenario and figure: its unit, and quantiles of each day, null where there is
   *     none
   * @param begins when days begin, ISO 8601; empty where nobody knows
   */
  public static FileContent study(ObjectNode summary, ObjectNode bands, List<String> begins) {
    ObjectNode data = new ObjectMapper().createObjectNode();
    data.set("summary", summary);
    data.set("bands", bands);
    begins.forEach(data.putArray("begins")::add);
    return new Page("dualgrid: " + summary.path("study").asText("study"), "study.js", data);
  }

  /** Runs side by side. */
  public static FileContent comparison(List<RunFolder> runs) {
    ObjectNode data = new ObjectMapper().createObjectNode();
    ArrayNode all = data.putArray("runs");
    runs.forEach(run -> all.add(PageData.compared(run)));
    return new Page("dualgrid: comparison", "compare.js", data);
  }
}
