// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.policy.Secrets;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value with places that each device fills: `Home-{serial:last 4}`. `{{` and `}}` are the braces themselves.
///
///     place = "{" name { ":" change } "}"
///     name  = an attribute of the inventory | "tag." NAME | "attribute." NAME
///     change = "lower" | "upper" | "first" N | "last" N | "or" TEXT
///
/// `tag.region` is what stands behind the equals sign of the tag `region=north`. Nothing is executed.
public final class Template {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern CUT = Pattern.compile("(first|last) ([1-9][0-9]{0,2})");

    private final String text;
    private final List<Piece> pieces;

    private sealed interface Piece {}

    private record Literal(String text) implements Piece {}

    private record Place(Facts.Name name, List<Change> changes) implements Piece {
        Place {
            changes = Frozen.list(changes);
        }
    }

    private sealed interface Change {}

    private record Cut(boolean last, int characters) implements Change {}

    private record Case(boolean upper) implements Change {}

    private record Otherwise(String text) implements Change {}

    private Template(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    /// A value without places.
    public static Template literal(String value) {
        return new Template(value.replace("{", "{{").replace("}", "}}"), List.of(new Literal(value)));
    }

    /// @throws TemplateException where and why it is none
    public static Template parse(String text) throws TemplateException {
        if (text.length() > Limits.VALUE) {
            throw new TemplateException(Limits.VALUE, "a value may have " + Limits.VALUE + " characters at most");
        }
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
                literal.append(c);
                at++;
            } else if (c == '{') {
                int end = text.indexOf('}', at);
                if (end < 0) {
                    throw new TemplateException(at, "this brace is not closed; write {{ for a brace itself");
                }
                if (!literal.isEmpty()) {
                    pieces.add(new Literal(literal.toString()));
                    literal.setLength(0);
                }
                pieces.add(place(text.substring(at + 1, end), at + 1));
                at = end;
            } else if (c == '}') {
                throw new TemplateException(at, "this brace closes nothing; write }} for a brace itself");
            } else {
                literal.append(c);
            }
        }
        if (!literal.isEmpty()) {
            pieces.add(new Literal(literal.toString()));
        }
        return new Template(text, List.copyOf(pieces));
    }

    private static Place place(String expression, int position) throws TemplateException {
        if (expression.length() > Limits.EXPRESSION) {
            throw new TemplateException(position, "between braces stand " + Limits.EXPRESSION + " characters at most");
        }
        int colon = expression.indexOf(':');
        Facts.Name name = name((colon < 0 ? expression : expression.substring(0, colon)).strip(), position);
        List<Change> changes = new ArrayList<>();
        while (colon >= 0) {
            int from = colon + 1;
            int next = expression.indexOf(':', from);
            // what stands instead goes to the end, colons and all
            boolean rest = next < 0 || expression.substring(from, next).strip().matches("or\\b.*");
            changes.add(change(rest ? expression.substring(from) : expression.substring(from, next), position + from));
            colon = rest ? -1 : next;
        }
        return new Place(name, changes);
    }

    private static Facts.Name name(String word, int position) throws TemplateException {
        int dot = word.indexOf('.');
        if (dot > 0) {
            String kind = word.substring(0, dot);
            String rest = word.substring(dot + 1);
            if (NAME.matcher(rest).matches()) {
                if (kind.equals("tag")) {
                    return new Facts.Name.Tag(rest);
                }
                if (kind.equals("attribute")) {
                    return new Facts.Name.Attribute(rest);
                }
            }
        }
        return Facts.Name.ofInventory(word)
                .orElseThrow(() -> new TemplateException(
                        position,
                        "nothing is called \"" + word + "\" between braces; there are " + Facts.Name.inventory()
                                + ", tag.NAME and attribute.NAME"));
    }

    private static Change change(String written, int position) throws TemplateException {
        String word = written.strip();
        Matcher cut = CUT.matcher(word);
        if (cut.matches()) {
            return new Cut(cut.group(1).equals("last"), Integer.parseInt(cut.group(2)));
        }
        if (word.equals("lower") || word.equals("upper")) {
            return new Case(word.equals("upper"));
        }
        if (word.equals("or") || word.startsWith("or ")) {
            return new Otherwise(word.substring(2).strip());
        }
        throw new TemplateException(
                position, "\"" + word + "\" is not known here; there are lower, upper, first N, last N and or TEXT");
    }

    /// The value for a device, or why it has none.
    public Said render(Facts facts) {
        StringBuilder value = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Literal literal -> value.append(literal.text());
                case Place place -> {
                    Optional<String> filled = filled(place, facts);
                    if (filled.isEmpty()) {
                        return new Said.Nothing(
                                "the device has no " + place.name().text());
                    }
                    value.append(filled.get());
                }
            }
            if (value.length() > Limits.RENDERED) {
                return new Said.Nothing("the value would have more than " + Limits.RENDERED + " characters");
            }
        }
        return new Said.Value(value.toString());
    }

    private static Optional<String> filled(Place place, Facts facts) {
        Optional<String> value = facts.of(place.name());
        for (Change change : place.changes()) {
            value = switch (change) {
                case Otherwise otherwise -> Optional.of(value.orElse(otherwise.text()));
                case Case(boolean upper) ->
                    value.map(known -> upper ? known.toUpperCase(Locale.ROOT) : known.toLowerCase(Locale.ROOT));
                case Cut cut -> value.map(known -> cut(known, cut));
            };
        }
        return value;
    }

    /// By code points, so that no character is cut in two.
    private static String cut(String value, Cut cut) {
        int points = value.codePointCount(0, value.length());
        if (points <= cut.characters()) {
            return value;
        }
        return cut.last()
                ? value.substring(value.offsetByCodePoints(0, points - cut.characters()))
                : value.substring(0, value.offsetByCodePoints(0, cut.characters()));
    }

    /// As it was written.
    public String text() {
        return text;
    }

    /// Whether an attribute goes into it whose name says that it is a secret.
    public boolean takesSecret() {
        return pieces.stream()
                .anyMatch(piece -> piece instanceof Place(Facts.Name name, List<Change> _)
                        && name instanceof Facts.Name.Attribute(String attribute)
                        && Secrets.isSecret(attribute));
    }

    /// Whether it is the same for each device.
    public boolean isPlain() {
        return pieces.stream().allMatch(Literal.class::isInstance);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template same && text.equals(same.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
