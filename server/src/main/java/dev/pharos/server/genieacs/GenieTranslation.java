// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.controller.kind.NameRule;
import dev.pharos.controller.profile.Profile;
import dev.pharos.server.genieacs.GenieExport.Preset;
import dev.pharos.server.genieacs.Translation.Item;
import dev.pharos.server.genieacs.Translation.Kind;
import dev.pharos.server.genieacs.Translation.State;
import dev.pharos.server.profile.ProfileFile;
import dev.pharos.server.profile.ProfileText;
import dev.pharos.server.yaml.YamlException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says an export in profiles and names. Where it is not known which devices a preset means, nothing of it is taken
/// over: a profile for too many devices would be worse than none.
public final class GenieTranslation {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int HIGHEST = dev.pharos.controller.profile.Limits.HIGHEST_PRIORITY;
    private static final int NAME = 60;

    private final GenieExport export;
    private final Map<String, NameRule> virtual = new TreeMap<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Profile> profiles = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final Names names;

    private GenieTranslation(GenieExport export) {
        this.export = export;
        List<Item> parameters = new ArrayList<>();
        export.virtualParameters().forEach((name, script) -> parameters.add(parameter(name, script)));
        this.names = new Names(virtual.keySet());
        export.presets().forEach(preset -> items.add(preset(preset)));
        export.provisions().keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name ->
                        items.add(new Item(Kind.PROVISION, name, State.UNNEEDED, "", List.of("no preset names it"))));
        items.addAll(parameters);
    }

    public static Translation of(GenieExport export) {
        GenieTranslation done = new GenieTranslation(export);
        return new Translation(done.profiles, List.copyOf(done.virtual.values()), done.items);
    }

    private Item parameter(String name, String script) {
        try {
            NameRule rule = VirtualParameter.read(name, script);
            virtual.put(name, rule);
            return new Item(
                    Kind.VIRTUAL_PARAMETER, name, State.WHOLE, rule.shown().toString(), List.of());
        } catch (UntranslatableException wrong) {
            return new Item(Kind.VIRTUAL_PARAMETER, name, State.NOT, "", List.of(wrong.reason()));
        }
    }

    private Item preset(Preset preset) {
        Wishes wishes = new Wishes(names);
        preset.configurations().forEach(configuration -> configuration(configuration, wishes));
        if (wishes.onlyRead()) {
            String why = wishes.reads() > 0
                    ? "it only reads, and what devices have is known from their first contact and from what they tell"
                    : "it does nothing that a profile would do";
            return new Item(Kind.PRESET, preset.name(), State.UNNEEDED, "", List.of(why));
        }
        if (!wishes.wanted()) {
            return new Item(Kind.PRESET, preset.name(), State.NOT, "", wishes.remarks());
        }
        List<String> remarks = new ArrayList<>();
        try {
            Profile profile = wishes.profile(free(preset.name()), query(preset), priority(preset, remarks));
            ProfileFile.read(ProfileText.of(profile));
            profiles.add(profile);
            taken.add(profile.name());
            timing(preset, remarks);
            remarks.addAll(wishes.remarks());
            State state = wishes.remarks().isEmpty() && preset.schedule().isEmpty() ? State.WHOLE : State.PARTLY;
            return new Item(Kind.PRESET, preset.name(), state, profile.name(), remarks);
        } catch (UntranslatableException wrong) {
            remarks.add("which devices it means: " + wrong.reason());
        } catch (YamlException wrong) {
            remarks.add(wrong.reason());
        }
        return new Item(Kind.PRESET, preset.name(), State.NOT, "", remarks);
    }

    private static int priority(Preset preset, List<String> remarks) {
        int priority = Math.clamp(preset.weight(), 0, HIGHEST);
        if (priority != preset.weight()) {
            remarks.add("the weight " + preset.weight() + " became the priority " + priority);
        }
        return priority;
    }

    private static void timing(Preset preset, List<String> remarks) {
        if (!preset.events().isEmpty()) {
            remarks.add("it was done on the events " + UntranslatableException.quoted(preset.events())
                    + "; the profile holds all the time");
        }
        if (!preset.schedule().isEmpty()) {
            remarks.add("it was done on a schedule, " + UntranslatableException.quoted(preset.schedule())
                    + "; the profile holds all the time");
        }
    }

    private String query(Preset preset) throws UntranslatableException {
        String written = preset.precondition().strip();
        if (written.length() > Limits.PRECONDITION) {
            throw new UntranslatableException("it has more than " + Limits.PRECONDITION + " characters");
        }
        Conditions conditions = new Conditions(names);
        Which which = written.isEmpty()
                ? Which.every()
                : written.startsWith("{")
                        ? new MongoPrecondition(conditions).read(json(written))
                        : ExpressionPrecondition.read(written, conditions);
        return which.query();
    }

    private static JsonNode json(String text) throws UntranslatableException {
        try {
            return JSON.readTree(text);
        } catch (JacksonException wrong) {
            throw new UntranslatableException("it is no JSON");
        }
    }

    private void configuration(JsonNode configuration, Wishes wishes) {
        String type = configuration.path("type").asString("");
        String name = configuration.path("name").asString("");
        try {
            switch (type) {
                case "value" -> wishes.value(name, literal(configuration.path("value")));
                case "age" -> wishes.read();
                case "add_tag", "delete_tag" ->
                    throw new UntranslatableException("a profile gives and takes no tags; give it by PATCH"
                            + " /api/v1/devices/{id}, or say the query where the tag is asked for");
                case "add_object" -> object(configuration, wishes);
                case "provision" -> provision(name, configuration.path("args"), wishes);
                default -> throw new UntranslatableException("a profile does not know what this is");
            }
        } catch (UntranslatableException wrong) {
            wishes.leave(type + " " + UntranslatableException.quoted(name), wrong.reason());
        }
    }

    private static Said literal(JsonNode value) {
        return value.isBoolean()
                ? new Said.Flag(value.booleanValue())
                : value.isNull() || value.isMissingNode()
                        ? new Said.Nothing()
                        : new Said.Text(Said.Text.literal(value.asString()).template(), value.isNumber());
    }

    private void object(JsonNode configuration, Wishes wishes) throws UntranslatableException {
        JsonNode object = export.objects().get(configuration.path("object").asString(""));
        if (object == null) {
            throw new UntranslatableException("the object is not in the export");
        }
        List<String> keys = new ArrayList<>();
        for (JsonNode key : object.path("_keys")) {
            keys.add(key.asString("") + ":"
                    + JSON.writeValueAsString(object.path(key.asString("")).asString("")));
        }
        String path = configuration.path("name").asString("") + ".[" + String.join(",", keys) + "]";
        wishes.rows(path, new Said.Flag(true));
        for (Map.Entry<String, JsonNode> value : object.properties()) {
            if (!value.getKey().startsWith("_")) {
                wishes.value(path + "." + value.getKey(), literal(value.getValue()));
            }
        }
    }

    private void provision(String name, JsonNode args, Wishes wishes) throws UntranslatableException {
        used.add(name);
        List<Said> arguments = new ArrayList<>();
        for (JsonNode argument : args) {
            arguments.add(argument(argument));
        }
        Said first = arguments.isEmpty() ? new Said.Nothing() : arguments.getFirst();
        String path = first instanceof Said.Text text && text.isLiteral() ? text.plain() : "";
        Said second = arguments.size() < 2 ? new Said.Nothing() : arguments.get(1);
        String script = export.provisions().get(name);
        if (script != null) {
            Provision.read(name, script, arguments, wishes);
            return;
        }
        switch (name) {
            case "refresh" -> wishes.read();
            case "value" -> wishes.value(path, second);
            case "instances" -> wishes.rows(path, second);
            case "tag" -> throw new UntranslatableException("a profile gives and takes no tags");
            case "reboot", "reset" -> throw new UntranslatableException("it is done once: by a job, see docs/jobs.md");
            case "download" ->
                throw new UntranslatableException("an image is brought by a campaign, see docs/campaigns.md");
            default -> throw new UntranslatableException("no provision of this name is in the export");
        }
    }

    /// An argument is an expression: here, a value or nothing that is known.
    private static Said argument(JsonNode argument) {
        String text = argument.asString("").strip();
        if (!argument.isString()) {
            return literal(argument);
        }
        if (text.matches("\"(?:[^\"\\\\]|\\\\.)*+\"|'[^']*'")) {
            return Said.Text.literal(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"));
        }
        if (text.matches("-?[0-9]{1,18}(?:\\.[0-9]{1,18})?")) {
            return new Said.Text(text, true);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> new Said.Flag(true);
            case "false" -> new Said.Flag(false);
            default -> new Said.Unknown("the argument is computed: " + UntranslatableException.quoted(text));
        };
    }

    /// A name that a profile may have, and none of these has.
    private String free(String preset) {
        String plain = preset.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
        String name = plain.isEmpty() || plain.matches("[0-9]+") ? "preset-" + plain : plain;
        String cut = name.length() <= NAME ? name : name.substring(0, NAME);
        for (int next = 2; taken.contains(cut); next++) {
            String number = "-" + next;
            cut = name.substring(0, Math.min(name.length(), NAME - number.length())) + number;
        }
        return cut;
    }
}
