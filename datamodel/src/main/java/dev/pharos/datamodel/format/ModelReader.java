// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.format;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.Presence;
import dev.pharos.datamodel.definition.SupportedDataModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the lines of a `.dm` file, each of which adds to what the lines before it began.
final class ModelReader {
    private final String sourceName;
    private final List<ObjectDraft> objects = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private String uri = "";
    private int line;

    ModelReader(String sourceName) {
        this.sourceName = sourceName;
    }

    SupportedDataModel read(Reader source) throws IOException, ModelFormatException {
        BufferedReader reader = new BufferedReader(source);
        try {
            for (String text = nextLine(reader); text != null; text = nextLine(reader)) {
                List<String> words = LineTokens.of(text);
                if (!words.isEmpty()) {
                    statement(words.getFirst(), words.subList(1, words.size()));
                }
            }
            return build();
        } catch (IllegalArgumentException wrong) {
            throw new ModelFormatException(sourceName, line, String.valueOf(wrong.getMessage()));
        }
    }

    /// A line without its end, never longer than the limit in memory.
    private @Nullable String nextLine(BufferedReader reader) throws IOException {
        line++;
        StringBuilder text = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (text.length() >= Limits.MODEL_LINE_CHARACTERS) {
                throw new IllegalArgumentException(
                        "a line of more than " + Limits.MODEL_LINE_CHARACTERS + " characters");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    private SupportedDataModel build() throws ModelFormatException {
        if (uri.isEmpty()) {
            throw new ModelFormatException(sourceName, 1, "no model line, such as: model urn:example:model");
        }
        List<ObjectDefinition> definitions = new ArrayList<>();
        for (ObjectDraft draft : objects) {
            line = draft.line;
            ObjectDefinition definition = draft.build();
            Integer before = lines.put(definition.path(), draft.line);
            if (before != null) {
                throw new IllegalArgumentException(definition.path() + " is already defined in line " + before);
            }
            definitions.add(definition);
        }
        for (ObjectDefinition definition : definitions) {
            line = lines.getOrDefault(definition.path(), 0);
            if (!definition.holderPath().isEmpty() && !lines.containsKey(definition.holderPath())) {
                throw new IllegalArgumentException("nothing defines " + definition.holderPath());
            }
        }
        line = 0;
        return SupportedDataModel.of(uri, definitions);
    }

    private void statement(String keyword, List<String> words) {
        if (uri.isEmpty() && !keyword.equals("model")) {
            throw new IllegalArgumentException("the first line says: model <uri>");
        }
        switch (keyword) {
            case "model" -> model(words);
            case "object" -> object(words);
            case "param" -> object().add(parameter(words));
            case "command" -> object().add(command(words));
            case "event" -> object().add(new EventDraft(only(words, "event <name>!")));
            case "in" -> object().lastCommand().inputs.add(argument(words));
            case "out" -> object().lastCommand().outputs.add(argument(words));
            case "arg" -> object().lastEvent().arguments.add(argument(words));
            case "desc" -> object().describe(only(words, "desc \"text\""));
            default ->
                throw new IllegalArgumentException(
                        "'" + keyword + "' is none of model object param command event in out arg desc");
        }
    }

    private void model(List<String> words) {
        if (!uri.isEmpty()) {
            throw new IllegalArgumentException("a second model line");
        }
        uri = only(words, "model <uri>");
    }

    private static String only(List<String> words, String form) {
        if (words.size() != 1 || (words.getFirst().isEmpty() && !form.startsWith("desc"))) {
            throw new IllegalArgumentException("expected: " + form);
        }
        return words.getFirst();
    }

    private ObjectDraft object() {
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("before the first object");
        }
        return objects.getLast();
    }

    private void object(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalArgumentException(
                    "expected: object <path> <access> [key <names>]... [named|mounted <parameter>]");
        }
        if (objects.size() >= Limits.OBJECTS_PER_MODEL) {
            throw new IllegalArgumentException("more than " + Limits.OBJECTS_PER_MODEL + " objects");
        }
        ObjectDraft draft = new ObjectDraft(line, words.get(0), objectAccess(words.get(1)));
        for (int i = 2; i < words.size(); i += 2) {
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException("expected: key <names>, not '" + words.get(i) + "'");
            }
            trait(draft, words.get(i), words.get(i + 1));
        }
        objects.add(draft);
    }

    private static void trait(ObjectDraft draft, String keyword, String names) {
        switch (keyword) {
            case "key" -> draft.key(names);
            case "named" -> draft.present(Presence.Kind.NAMED, names);
            case "mounted" -> draft.present(Presence.Kind.MOUNTED, names);
            default -> throw new IllegalArgumentException("expected: key <names>, not '" + keyword + "'");
        }
    }

    private static ObjectDefinition.ObjectAccess objectAccess(String word) {
        return switch (word) {
            case "readOnly" -> ObjectDefinition.ObjectAccess.READ_ONLY;
            case "addDelete" -> ObjectDefinition.ObjectAccess.ADD_DELETE;
            case "addOnly" -> ObjectDefinition.ObjectAccess.ADD_ONLY;
            case "deleteOnly" -> ObjectDefinition.ObjectAccess.DELETE_ONLY;
            default ->
                throw new IllegalArgumentException("'" + word + "' is none of readOnly addDelete addOnly deleteOnly");
        };
    }

    private static ParameterDefinition parameter(List<String> words) {
        if (words.size() < 3) {
            throw new IllegalArgumentException("expected: param <name> <access> <type> [facets]");
        }
        ParameterAccess access = switch (words.get(1)) {
            case "readOnly" -> ParameterAccess.READ_ONLY;
            case "readWrite" -> ParameterAccess.READ_WRITE;
            case "writeOnce" -> ParameterAccess.WRITE_ONCE;
            default ->
                throw new IllegalArgumentException("'" + words.get(1) + "' is none of readOnly readWrite writeOnce");
        };
        TypeWords type = new TypeWords(words.get(2));
        boolean secured = false;
        ValueChangeNotification notification = ValueChangeNotification.ALLOWED;
        for (String word : words.subList(3, words.size())) {
            switch (word) {
                case "secured" -> secured = true;
                case "ignore" -> notification = ValueChangeNotification.IGNORED;
                default -> takeFacet(type, word);
            }
        }
        return new ParameterDefinition(
                words.get(0), type.type(), access, type.reference, type.defaultValue, secured, notification, "");
    }

    private static void takeFacet(TypeWords type, String word) {
        if (!type.take(word)) {
            throw new IllegalArgumentException(
                    "'" + word + "' is no property; it may be one of list len= listLen= range="
                            + " enum= pattern= unit= type= default= ref= secured ignore mandatory");
        }
    }

    private static CommandDraft command(List<String> words) {
        boolean asynchronous = words.size() == 2 && words.get(1).equals("async");
        if (words.size() != 2 || (!asynchronous && !words.get(1).equals("sync"))) {
            throw new IllegalArgumentException("expected: command <name>() sync|async");
        }
        return new CommandDraft(words.getFirst(), asynchronous);
    }

    private static ArgumentDefinition argument(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalArgumentException("expected: in|out|arg <name> <type> [facets] [mandatory]");
        }
        TypeWords type = new TypeWords(words.get(1));
        boolean mandatory = false;
        for (String word : words.subList(2, words.size())) {
            if (Arrays.asList("mandatory", "[mandatory]").contains(word)) {
                mandatory = true;
            } else {
                takeFacet(type, word);
            }
        }
        return new ArgumentDefinition(words.getFirst(), type.type(), mandatory, "");
    }
}
