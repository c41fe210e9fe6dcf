// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.rest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.JsonNode;

/// The commands that stand in the documents are commands: each verb is there, takes what it is given and knows its
/// options.
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND =
            Pattern.compile("^ {4}(?:\\$ )?(?:[A-Z_]+=\\S+ )*\\./pharos (?<words>[a-z].*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"((?:\\\\.|[^\"])*)\"|(\\S+)");

    /// A number that the reader fills in.
    private static final Pattern PLACEHOLDER = Pattern.compile("^Invalid value .*'[A-Z]+' is not");

    /// Programs of their own, which the launcher starts, and what stands for something that the reader knows.
    private static final Pattern NOT_OURS =
            Pattern.compile("(?:server|restore|bench|test|requirements|package) .*|[^'\"]*[…\\[].*");

    /// Where a shell takes off the rest, or what follows is for the reader.
    private static final Set<String> ENDS = Set.of("#", "|", ">", "<", "&", ";", "2>");

    /// Of each verb, since all of them together take long to make.
    private final Map<String, CommandLine> verbs = new HashMap<>();

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find() && !ENDS.contains(word.group()) && word.start() - end < (words.size() == 1 ? 4 : 2)) {
            end = word.end();
            @Nullable String single = word.group(1);
            @Nullable String twice = word.group(2);
            words.add(single != null ? single : twice != null ? twice : word.group());
        }
        return words;
    }

    /// Empty where it is a command.
    private String wrong(String line) {
        List<String> words = words(line);
        try {
            CommandLine.ParseResult _ = verbs.computeIfAbsent(words.getFirst(), Pharos::commandLine)
                    .parseArgs(words.toArray(String[]::new));
            return "";
        } catch (ParameterException refused) {
            String why = String.valueOf(refused.getMessage());
            return PLACEHOLDER.matcher(why).find() ? "" : why;
        }
    }

    @Test
    void every_command_in_the_documents_is_one() throws IOException {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Path document : documents()) {
            String text = Files.readString(document).replaceAll(" *\\\\\n *", " ");
            for (String line : text.split("\n")) {
                Matcher command = COMMAND.matcher(line);
                if (!command.matches()
                        || NOT_OURS.matcher(command.group("words") + " ").matches()) {
                    continue;
                }
                commands++;
                String why = wrong(command.group("words"));
                if (!why.isEmpty()) {
                    wrong.add(ROOT.relativize(document) + ": " + line.strip() + ": " + why);
                }
            }
        }
        assertThat(commands).as("commands were found at all").isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    /// The page's own test makes each of these of a request that a button sends.
    @Test
    void every_command_that_the_page_copies_is_one() throws IOException {
        JsonNode copied = Json.parse(Files.readString(ROOT.resolve("console/src/format/copied.json")));
        List<String> wrong = new ArrayList<>();
        for (JsonNode each : copied) {
            String command = each.path("pharos").asString("");
            assertThat(command).startsWith("./pharos ");
            String why = wrong(command.substring("./pharos ".length()));
            if (!why.isEmpty()) {
                wrong.add(command + ": " + why);
            }
        }
        assertThat(copied.size()).as("commands were found at all").isGreaterThan(40);
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_command_that_is_none_is_found() {
        assertThat(wrong("devices --nonsense")).contains("--nonsense");
        assertThat(wrong("devise")).contains("devise");
        assertThat(wrong("jobs show none")).contains("none");
        assertThat(wrong("get ID Device.DeviceInfo. | head -3   # the first")).isEmpty();
        assertThat(words("jobs create --query 'model = \"X\"' get A.B   # why"))
                .containsExactly("jobs", "create", "--query", "model = \"X\"", "get", "A.B");
    }
}
