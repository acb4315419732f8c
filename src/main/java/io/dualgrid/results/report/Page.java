package io.dualgrid.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualgrid.results.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that holds all it needs: styles, programs and data. Charts are drawn by uPlot, whose
 * licence travels in the file.
 */
final class Page implements FileContent {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.]+)\\}\\}");

  private final String title;
  private final String script;
  private final JsonNode data;

  /**
   * A page.
   *
   * @param title of the window
   * @param script resource that builds the page from the data
   * @param data for the script
   */
  Page(String title, String script, JsonNode data) {
    this.title = title;
    this.script = script;
    this.data = data;
  }

  @Override
  public void writeTo(Writer out) throws IOException {
    Map<String, String> parts =
        Map.of(
            "title", escape(title),
            "uplot.css", resource(UPLOT + "dist/uPlot.min.css"),
            "uplot.js", licence() + resource(UPLOT + "dist/uPlot.iife.min.js"),
            "page.css", resource("page.css"),
            "charts.js", resource("charts.js"),
            "save.js", resource("save.js"),
            "page.js", resource(script),
            // A name in a case may spell the end of the element that holds the data.
            "data", data.toString().replace("<", "\\u003c"));
    // One pass, so that nothing inside a part is taken for a place.
    Matcher places = PLACE.matcher(resource("page.html"));
    out.write(places.replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1)))));
  }

  private static String licence() throws IOException {
    return "/*\n" + resource(UPLOT + "LICENSE").replace("*/", "* /") + "*/\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name(name))) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String name(String name) {
    return name.startsWith("/") ? name : "/io/dualgrid/results/report/" + name;
  }
}
