// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looks at a page as it is shown now for what hinders people: the rules of WCAG 2.2 AA that a program can judge, by
/// axe-core, which the console's npm packages bring.
final class Axe {
    private static final Path SCRIPT = Path.of("..", "console", "node_modules", "axe-core", "axe.min.js");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RUN = """
            async (rules) => {
              await document.fonts.ready;
              const found = await axe.run(document, {
                runOnly: rules,
                resultTypes: ['violations', 'incomplete'],
              });
              return JSON.stringify({
                rules: found.passes.length + found.violations.length + found.incomplete.length,
                wrong: found.violations.flatMap((rule) => rule.nodes.map((node) =>
                  `${rule.id}: ${node.html.slice(0, 200)} (${node.failureSummary.replaceAll('\\n', ' ')})`)),
              });
            }
            """;

    /// What WCAG 2.2 AA asks for, as axe names its parts.
    private static final List<String> ALL = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /// Those of [#ALL] that look at colours: nothing else of a page differs between its schemes.
    private static final List<String> OF_COLOURS = List.of("color-contrast", "link-in-text-block");

    private final String script;

    Axe() {
        try {
            script = Files.readString(SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException("the console's npm packages are missing: build the module console first", e);
        }
    }

    /// A sentence for each element that breaks a rule; empty where none does.
    List<String> complaints(Page page) {
        return complaints(page, ALL);
    }

    /// Of the colours alone, where the same page was judged in another scheme.
    List<String> complaintsOfColours(Page page) {
        return complaints(page, OF_COLOURS);
    }

    private List<String> complaints(Page page, List<String> rules) {
        // colours that are on their way to another are judged when they are there
        ConsoleBed.until(
                page,
                "document.getAnimations().every((a) => a.effect.getComputedTiming().iterations > 1"
                        + " || a.playState === 'finished')");
        if (!page.evaluate("typeof window.axe").equals("object")) {
            page.evaluate(script);
        }
        JsonNode found = JSON.readTree((String) page.evaluate(RUN, rules));
        if (found.path("rules").asInt() == 0) {
            throw new AssertionError("axe judged nothing at " + page.url());
        }
        return found.path("wrong").valueStream().map(JsonNode::asString).toList();
    }
}
