// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.mapping.Mapping.Called;
import dev.pharos.device.prplos.mapping.Mapping.Content;
import dev.pharos.device.prplos.mapping.Mapping.Identity;
import dev.pharos.device.prplos.mapping.Mapping.Life;
import dev.pharos.device.prplos.mapping.Mapping.Need;
import dev.pharos.device.prplos.mapping.Mapping.Parameter;
import dev.pharos.device.prplos.mapping.Mapping.Reload;
import dev.pharos.device.prplos.mapping.Mapping.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a mapping from its file, a line at a time.
public final class MappingReader {
    private static final Set<String> BLOCKS =
            Set.of("package", "table", "object", "rows", "always", "stack", "write", "survey");

    private final String sourceName;
    private final Map<String, Reload> reloads = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private final KindReader kinds = new KindReader(paths, this::wrong);
    private final ReadingReader readings = new ReadingReader(this::wrong);
    private final List<Listing> listings = new ArrayList<>();
    private final List<Always> always = new ArrayList<>();
    private final List<Stack> stacks = new ArrayList<>();
    private final List<Calls.Tell> tells = new ArrayList<>();
    private final List<Calls.Write> writes = new ArrayList<>();
    private final List<Survey> surveys = new ArrayList<>();
    private @Nullable SurveyDraft survey;
    private String lastPackage = "";
    private @Nullable Draft draft;
    private @Nullable ListingDraft listing;
    private int line;

    /// A table of which not all lines are read.
    private static final class Draft {
        private final String path;
        private final String packageName;
        private final String type;
        private final int line;
        private final Map<String, Set<String>> where = new LinkedHashMap<>();
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private final Map<String, State> states = new LinkedHashMap<>();
        private final List<Observed> observed = new ArrayList<>();
        private final List<Need> needs = new ArrayList<>();
        private final Map<String, List<Call>> commands = new LinkedHashMap<>();
        private boolean single;
        private Life life = Life.FIXED;
        private @Nullable Parameter key;
        private @Nullable Called called;

        Draft(String path, String packageName, String type, int line) {
            this.path = path;
            this.packageName = packageName;
            this.type = type;
            this.line = line;
        }
    }

    private MappingReader(String sourceName) {
        this.sourceName = sourceName;
    }

    /// @param sourceName for messages
    /// @throws MappingFormatException naming the line
    public static Mapping read(String sourceName, String text) throws MappingFormatException {
        MappingReader reader = new MappingReader(sourceName);
        for (String line : text.split("\n", -1)) {
            reader.line++;
            if (reader.line > Limits.LINES) {
                throw reader.wrong("more than " + Limits.LINES + " lines");
            }
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                reader.line(List.of(content.split("\\s+")));
            }
        }
        reader.end();
        return new Mapping(
                reader.reloads,
                reader.tables,
                reader.listings,
                reader.always,
                reader.stacks,
                new Calls(reader.tells, reader.writes, reader.surveys));
    }

    private MappingFormatException wrong(String detail) {
        return new MappingFormatException(sourceName, line, detail);
    }

    private void line(List<String> words) throws MappingFormatException {
        ListingDraft list = listing;
        if (list != null && !BLOCKS.contains(words.getFirst())) {
            list.line(words);
            return;
        }
        SurveyDraft finding = survey;
        if (finding != null && !BLOCKS.contains(words.getFirst())) {
            finding.line(words);
            return;
        }
        switch (words.getFirst()) {
            case "survey" -> {
                end();
                survey = new SurveyDraft(words, tables, this::wrong);
            }
            case "package" -> {
                end();
                boolean guarded = words.getLast().equals("guarded");
                int size = words.size() - (guarded ? 1 : 0);
                boolean byProcd = size == 4 && words.get(3).equals("procd");
                must(
                        (byProcd || size == 5) && words.get(2).equals("reload"),
                        "package NAME reload OBJECT METHOD, or package NAME reload procd, guarded or not");
                Reload procd = Reload.BY_PROCD;
                reloads.put(
                        words.get(1),
                        new Reload(
                                byProcd ? procd.object() : words.get(3),
                                byProcd ? procd.method() : words.get(4),
                                guarded));
                lastPackage = words.get(1);
            }
            case "tell" -> {
                String expected = "tell TYPE OBJECT METHOD MEMBER=VALUE ..., behind package";
                must(words.size() >= 4 && draft == null && !lastPackage.isEmpty(), expected);
                tells.add(new Calls.Tell(
                        lastPackage, words.get(1), Call.of(words.subList(2, words.size()), expected, this::wrong)));
            }
            case "write" -> {
                end();
                writes.add(write(words));
            }
            case "table", "object" -> {
                String kind = words.getFirst();
                must(words.size() == 5 && words.get(2).equals("of"), kind + " PATH of PACKAGE TYPE");
                must(words.get(1).matches("(\\w+\\.)+"), "a path of a table, such as Device.WiFi.SSID.");
                end();
                draft = new Draft(words.get(1), words.get(3), words.get(4), line);
                draft.single = kind.equals("object");
            }
            case "always" -> {
                must(words.size() >= 2 && words.get(1).matches(Always.GRAMMAR), "always ROW. PARAMETER=VALUE ...");
                end();
                always.add(new Always(words.get(1), options(words.subList(1, words.size()))));
            }
            case "stack" -> {
                must(
                        words.size() == 4
                                && words.get(1).matches("(\\w+\\.)+")
                                && words.get(2).equals("of"),
                        "stack PATH of PARAMETER");
                end();
                stacks.add(new Stack(words.get(1), named(words.get(3))));
            }
            case "rows" -> {
                end();
                listing = ListingDraft.begin(words, tables, line, this::wrong);
            }
            case "called" -> {
                table().called = called(words);
            }
            case "where" -> {
                must(words.size() >= 4 && words.get(2).equals("is"), "where OPTION is VALUE or VALUE");
                table().where.put(words.get(1), values(words.subList(3, words.size())));
            }
            case "need" -> {
                must(
                        words.size() >= 8
                                && words.get(4).equals("when")
                                && words.get(6).equals("is"),
                        "need OPTION LEAST MOST when OPTION is VALUE or VALUE");
                table().needs
                        .add(new Need(
                                words.get(1),
                                kinds.number(words.get(2)),
                                kinds.number(words.get(3)),
                                words.get(5),
                                values(words.subList(7, words.size()))));
            }
            case "add" -> {
                must(!table().life.writable(), "one add only");
                table().life = new Life(true, options(words), Map.of());
            }
            case "delete" -> {
                Life before = table().life;
                must(before.writable() && words.size() > 1, "delete OPTION=VALUE ..., behind add");
                table().life = new Life(true, before.begins(), options(words));
            }
            case "key" -> {
                must(words.size() >= 4 && words.get(2).equals("="), "key PARAMETER = ...");
                must(table().key == null, "one key only");
                table().key = parameter(words.subList(1, words.size()));
            }
            default -> {
                if (words.getFirst().matches("\\w+\\(\\)")) {
                    command(words);
                    return;
                }
                boolean state = words.size() >= 2 && words.get(1).equals("~");
                must(
                        state || (words.size() >= 3 && words.get(1).equals("=")),
                        "package, tell, table, object, rows, write, survey, where, called, add, delete, key, need, PARAMETER = ..., "
                                + "PARAMETER ~ ... or COMMAND() calls ...");
                String name = words.getFirst();
                boolean live = state && words.size() >= 7 && words.get(4).equals("live");
                boolean value =
                        live || (state && words.size() >= 6 && ReadingReader.OF_SECTIONS.contains(words.get(4)));
                boolean known = !value && table().parameters.containsKey(name);
                must(!known && !table().states.containsKey(name), name + " once only");
                if (value) {
                    Observed observed = observed(words);
                    must(
                            table().observed.stream()
                                    .noneMatch(other -> other.isAlways(name) || observed.isAlways(other.parameter())),
                            name + " once only, or each with a condition");
                    table().observed.add(observed);
                } else if (state) {
                    table().states.put(name, state(words));
                } else {
                    table().parameters.put(name, parameter(words));
                }
            }
        }
    }

    private void command(List<String> words) throws MappingFormatException {
        String expected = "COMMAND() calls OBJECT METHOD MEMBER=VALUE ...";
        must(words.size() >= 4 && words.get(1).equals("calls"), expected);
        table().commands
                .computeIfAbsent(words.getFirst(), name -> new ArrayList<>())
                .add(Call.of(words.subList(2, words.size()), expected, this::wrong));
    }

    private Calls.Write write(List<String> words) throws MappingFormatException {
        String expected = "write ROW.PARAMETER calls OBJECT METHOD MEMBER=PARAMETER ..., one of them MEMBER=@";
        must(
                words.size() >= 6
                        && words.get(1).matches("Device\\.(\\w+\\.(\\{i}\\.)?)+\\w+")
                        && words.get(2).equals("calls"),
                expected);
        Call call = Call.of(words.subList(3, words.size()), expected, this::wrong);
        must(call.arguments().containsValue(Call.ITSELF), expected);
        int dot = words.get(1).lastIndexOf('.') + 1;
        return new Calls.Write(words.get(1).substring(0, dot), words.get(1).substring(dot), call);
    }

    private Called called(List<String> words) throws MappingFormatException {
        boolean option = words.size() == 3 && words.get(1).equals("option");
        boolean of = words.size() == 6 && words.get(4).equals("of");
        must(
                option || ((of || words.size() == 4) && words.get(3).matches(State.Path.GRAMMAR)),
                "called OBJECT METHOD PATH [of OPTION], or called option OPTION");
        return option
                ? new Called.Configured(words.get(2))
                : new Called.Told(
                        new State.Question(words.get(1), words.get(2)),
                        State.Path.parse(words.get(3)),
                        of ? words.get(5) : "");
    }

    private void must(boolean condition, String expected) throws MappingFormatException {
        Wrong.unless(condition, expected, this::wrong);
    }

    private Draft table() throws MappingFormatException {
        Draft now = draft;
        if (now == null) {
            throw wrong("expected: table PATH of PACKAGE TYPE, before this");
        }
        return now;
    }

    static Set<String> values(List<String> words) {
        Set<String> values = new HashSet<>();
        words.stream().filter(word -> !word.equals("or")).forEach(word -> values.add(word.equals("-") ? "" : word));
        return values;
    }

    private Map<String, String> options(List<String> words) throws MappingFormatException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            must(word.matches("\\w+=.*"), "OPTION=VALUE in place of " + word);
            options.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return options;
    }

    private Parameter parameter(List<String> words) throws MappingFormatException {
        String name = named(words.getFirst());
        if (words.get(2).equals("section")) {
            if (words.size() == 4 && words.get(3).equals("position")) {
                return new Parameter(name, "", new Conversion.Position());
            }
            must(
                    words.size() == 3 || (words.size() == 5 && words.get(3).equals("row")),
                    "section, section position, or section row PATH");
            return new Parameter(
                    name,
                    "",
                    words.size() == 3 ? Conversion.Text.AS_IT_IS : new Conversion.Row(kinds.known(words.get(4))));
        }
        must(words.size() >= 4, "OPTION KIND");
        must(words.get(2).matches("\\w+"), "an option in place of " + words.get(2));
        return new Parameter(name, words.get(2), kinds.read(words.subList(3, words.size())));
    }

    private State state(List<String> words) throws MappingFormatException {
        int end = words.indexOf("else");
        boolean fails = end > 0 && words.size() == end + 6;
        must(
                end >= 5
                        && (fails || words.size() == end + 4)
                        && words.get(4).equals("first")
                        && words.get(end + 2).equals("silent")
                        && (!fails || words.get(end + 4).equals("failed")),
                "PARAMETER ~ OBJECT METHOD first WORD=PATH ... else WORD silent WORD failed WORD");
        String name = named(words.getFirst());
        List<State.Word> first = readings.words(words.subList(5, end));
        State.Question question = new State.Question(words.get(2), words.get(3));
        return new State(
                name, question, first, words.get(end + 1), words.get(end + 3), fails ? words.get(end + 5) : "");
    }

    /// Whose value is what a daemon says.
    private Observed observed(List<String> words) throws MappingFormatException {
        boolean live = words.get(4).equals("live");
        List<String> rest = words.subList(live ? 5 : 4, words.size());
        int when = rest.indexOf("when");
        boolean conditional = when > 0;
        must(
                ReadingReader.OF_SECTIONS.contains(rest.getFirst())
                        && (!conditional
                                || (rest.size() >= when + 4
                                        && rest.get(when + 2).equals("is"))),
                "PARAMETER ~ OBJECT METHOD [live] value|all|mask|row ... when OPTION is VALUE or VALUE");
        return new Observed(
                named(words.getFirst()),
                new State.Question(words.get(2), words.get(3)),
                readings.told(conditional ? rest.subList(0, when) : rest),
                live,
                conditional
                        ? new Observed.When(rest.get(when + 1), values(rest.subList(when + 3, rest.size())))
                        : Observed.When.ALWAYS);
    }

    private String named(String name) throws MappingFormatException {
        must(name.matches("\\w+(\\.\\w+)*"), "a parameter in place of " + name);
        return name;
    }

    private void end() throws MappingFormatException {
        ListingDraft list = listing;
        if (list != null) {
            listings.add(list.end(detail -> new MappingFormatException(sourceName, list.line(), detail)));
            listing = null;
        }
        SurveyDraft found = survey;
        if (found != null) {
            surveys.add(found.end());
            survey = null;
        }
        Draft done = draft;
        if (done == null) {
            return;
        }
        Parameter key = done.single && done.key == null && !done.life.writable()
                ? new Parameter("", "", Conversion.Text.AS_IT_IS)
                : done.key;
        if (key == null || (done.single && !key.name().isEmpty())) {
            throw new MappingFormatException(
                    sourceName,
                    done.line,
                    done.single ? "a single object has no key and no add" : "the table has no key");
        }
        if (!paths.add(done.path) && !done.single) {
            throw new MappingFormatException(sourceName, done.line, done.path + " is there already");
        }
        Table table = new Table(
                done.path,
                done.packageName,
                done.type,
                new Identity(done.where, key, Optional.ofNullable(done.called)),
                new Content(
                        List.copyOf(done.parameters.values()),
                        List.copyOf(done.states.values()),
                        done.observed,
                        done.needs,
                        done.life,
                        done.commands.entrySet().stream()
                                .map(command -> new Mapping.Command(command.getKey(), command.getValue()))
                                .toList()));
        if (done.life.writable() && !table.holds(table.blank("new"))) {
            throw new MappingFormatException(sourceName, done.line, "add makes what is no row, see where");
        }
        tables.add(table);
        draft = null;
    }
}
