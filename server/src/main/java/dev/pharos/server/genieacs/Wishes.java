// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.Template;
import dev.pharos.controller.profile.TemplateException;
import dev.pharos.controller.query.ParameterPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one preset wants of its devices, as it is gathered, with what cannot be said by a profile.
final class Wishes {
    private static final String CREATED = "a profile has a row by its keys: ";

    private final Names names;
    private final Map<ParameterPattern, Template> parameters = new LinkedHashMap<>();
    private final Map<RowPath, SortedMap<String, Template>> rows = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int read;

    Wishes(Names names) {
        this.names = names;
    }

    /// Something that is not taken over, with why, in words for people.
    void leave(String where, String why) {
        if (remarks.size() < Limits.REMARKS) {
            remarks.add(where + ": " + why);
        } else if (remarks.size() == Limits.REMARKS) {
            remarks.add("and more");
        }
    }

    /// Something is only read, which needs nothing here.
    void read() {
        read++;
    }

    void value(String path, Said value) throws UntranslatableException {
        Template template = template(path, value);
        if (path.indexOf('[') < 0) {
            parameters.put(pattern(names.path(path)), template);
            return;
        }
        RowPath row = RowPath.of(path);
        if (row.rest().isEmpty() || row.rest().indexOf('.') >= 0) {
            throw new UntranslatableException(CREATED + UntranslatableException.quoted(path));
        }
        rows.computeIfAbsent(row.row(), first -> new TreeMap<>()).put(row.rest(), template);
    }

    /// @param count how many rows are to be there
    void rows(String path, Said count) throws UntranslatableException {
        RowPath row = RowPath.of(path);
        boolean one = count instanceof Said.Flag(boolean is)
                ? is
                : count instanceof Said.Text(String text, boolean _) && text.equals("1");
        if (!one) {
            throw new UntranslatableException(
                    "a profile deletes no rows, and counts none: " + UntranslatableException.quoted(path));
        }
        if (!row.rest().isEmpty()) {
            throw new UntranslatableException(CREATED + UntranslatableException.quoted(path));
        }
        rows.computeIfAbsent(row, first -> new TreeMap<>());
    }

    private static ParameterPattern pattern(String path) throws UntranslatableException {
        return ParameterPattern.of(path).orElseThrow(() -> new UntranslatableException(path + " is no parameter"));
    }

    private static Template template(String path, Said value) throws UntranslatableException {
        String text = switch (value) {
            case Said.Text(String template, boolean _) -> template;
            case Said.Flag(boolean is) -> Boolean.toString(is);
            case Said.Several(List<Said> items)
            when !items.isEmpty() -> template(path, items.getFirst()).text();
            case Said.Unknown(String why) -> throw new UntranslatableException(why);
            case Said.Moment() -> throw new UntranslatableException("a profile writes no moment into " + path);
            case Said.DeclaredValue(String from) ->
                throw new UntranslatableException("a profile does not take the value of " + from);
            default -> throw new UntranslatableException("no value is said for " + path);
        };
        try {
            Template template = Template.parse(text);
            if (template.takesSecret() && !Secrets.isSecret(path)) {
                throw new UntranslatableException("the value of " + path + " would show a secret");
            }
            return template;
        } catch (TemplateException wrong) {
            throw new UntranslatableException("the value of " + path + " cannot be written: " + wrong.reason());
        }
    }

    boolean wanted() {
        return !parameters.isEmpty() || !rows.isEmpty();
    }

    boolean onlyRead() {
        return !wanted() && remarks.isEmpty();
    }

    int reads() {
        return read;
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    Profile profile(String name, String query, int priority) {
        List<Profile.Row> wanted = new ArrayList<>();
        rows.forEach((row, values) -> {
            SortedMap<String, Template> others = new TreeMap<>(values);
            others.keySet().removeAll(row.key().keySet());
            SortedMap<String, Template> key = new TreeMap<>();
            row.key().forEach((part, text) -> key.put(part, Template.literal(text)));
            wanted.add(new Profile.Row(row.object(), key, others));
        });
        return new Profile(name, query, priority, parameters, wanted);
    }
}
