// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads one comparison: which attribute it is about decides which signs and values it may have.
final class Comparison {
    static final String TAG = "tag";
    private static final String GROUP = "group";
    private static final String HEALTH = "health";
    private static final int BEST = 100;
    private static final List<String> STATES = List.of("online", "offline", "onboarding", "error");
    private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhdw])");

    private final Token name;
    private final String sign;
    private final Token value;

    private Comparison(Token name, String sign, Token value) {
        this.name = name;
        this.sign = sign;
        this.value = value;
    }

    /// @param sign `:` for what is most usual with the attribute
    static Condition of(Token name, String sign, Token value) throws QueryException {
        return new Comparison(name, sign, value).read();
    }

    /// Whether the inventory knows this of a device.
    static boolean isAttribute(String word) {
        return attributes().anyMatch(word::equalsIgnoreCase);
    }

    private static Stream<String> attributes() {
        return Stream.concat(
                Stream.concat(counted(), Stream.of(GROUP, HEALTH)),
                Arrays.stream(TimeAttribute.values()).map(TimeAttribute::word));
    }

    /// What the inventory knows of devices and [Facet] counts them by, for people.
    static String countable() {
        return counted().collect(Collectors.joining(", "));
    }

    private static Stream<String> counted() {
        return Stream.of(
                        Arrays.stream(TextAttribute.values()).map(TextAttribute::word),
                        Arrays.stream(Flag.values()).map(Flag::word),
                        Stream.of(TAG))
                .flatMap(Function.identity());
    }

    private Condition read() throws QueryException {
        if (name.isWord(TAG)) {
            requireSign("a tag", "=", "!=");
            Condition tagged = new Condition.Tagged(value.text());
            return sign.equals("!=") ? new Condition.Not(tagged) : tagged;
        }
        if (name.isWord(GROUP)) {
            requireSign("a group", "=", "!=");
            Condition member = new Condition.InGroup(value.text());
            return sign.equals("!=") ? new Condition.Not(member) : member;
        }
        if (name.isWord(HEALTH)) {
            return health();
        }
        for (TextAttribute attribute : TextAttribute.values()) {
            if (name.isWord(attribute.word())) {
                return text(attribute);
            }
        }
        for (Flag flag : Flag.values()) {
            if (name.isWord(flag.word())) {
                requireSign("\"" + name.text() + "\"", "=", "!=");
                return new Condition.FlagIs(flag, truth(name.text()) == !sign.equals("!="));
            }
        }
        for (TimeAttribute attribute : TimeAttribute.values()) {
            if (name.isWord(attribute.word())) {
                return time(attribute);
            }
        }
        return parameter();
    }

    private Condition text(TextAttribute attribute) throws QueryException {
        requireSign("a text", "=", "!=", "~");
        if (attribute == TextAttribute.STATUS) {
            String state = value.text().toLowerCase(Locale.ROOT);
            if (!STATES.contains(state)) {
                throw wrongValue("must be one of " + String.join(", ", STATES));
            }
            return new Condition.TextIs(
                    attribute, sign.equals("!=") ? TextComparison.IS_NOT : TextComparison.IS, state);
        }
        return new Condition.TextIs(attribute, textComparison(TextComparison.CONTAINS), value.text());
    }

    private TextComparison textComparison(TextComparison usual) {
        return switch (sign) {
            case "=" -> TextComparison.IS;
            case "!=" -> TextComparison.IS_NOT;
            case "~" -> TextComparison.CONTAINS;
            default -> usual;
        };
    }

    private Condition time(TimeAttribute attribute) throws QueryException {
        Optional<Order> order = order();
        if (order.isEmpty()) {
            throw wrongSign("a time", "<", "<=", ">", ">=");
        }
        return new Condition.TimeIs(attribute, order.get(), moment());
    }

    private Condition health() throws QueryException {
        Optional<Order> order = order();
        if (order.isEmpty()) {
            throw wrongSign("health", "<", "<=", ">", ">=");
        }
        if (!value.text().matches("[0-9]{1,3}") || Integer.parseInt(value.text()) > BEST) {
            throw wrongValue("must be a whole number from 0 to " + BEST);
        }
        return new Condition.HealthIs(order.get(), Integer.parseInt(value.text()));
    }

    private Optional<Order> order() {
        return Arrays.stream(Order.values())
                .filter(order -> order.sign().equals(sign))
                .findFirst();
    }

    private Moment moment() throws QueryException {
        Matcher age = AGE.matcher(value.text());
        if (age.matches()) {
            long count = Long.parseLong(age.group(1));
            return new Moment.Ago(
                    switch (age.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        case "d" -> Duration.ofDays(count);
                        default -> Duration.ofDays(7 * count);
                    });
        }
        try {
            return new Moment.At(
                    value.text().length() == "2026-11-25".length()
                            ? LocalDate.parse(value.text())
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : Instant.parse(value.text()));
        } catch (DateTimeException none) {
            throw wrongValue(
                    "must be an age such as 30m, 1h or 7d, or a time such as 2026-11-25 or" + " 2026-11-25T18:00:00Z");
        }
    }

    private Condition parameter() throws QueryException {
        Optional<ParameterPattern> path = ParameterPattern.of(name.text());
        if (path.isEmpty()) {
            String known = attributes().collect(Collectors.joining(", "));
            throw new QueryException(
                    name.begin(),
                    "nothing is called \"" + name.text() + "\"; there are " + known
                            + ", and paths of parameters such as Device.WiFi.Radio.*.Channel");
        }
        Optional<Order> order = order();
        if (order.isPresent()) {
            if (!ValueTest.NUMBER.matcher(value.text()).matches()) {
                throw wrongValue("must be a number after \"" + sign + "\"");
            }
            return new Condition.ParameterIs(
                    path.get(), new ValueTest.Numeric(order.get(), new BigDecimal(value.text())));
        }
        TextComparison comparison = textComparison(TextComparison.IS);
        if (comparison != TextComparison.CONTAINS && (value.isWord("true") || value.isWord("false"))) {
            boolean wanted = value.isWord("true") == (comparison == TextComparison.IS);
            return new Condition.ParameterIs(path.get(), new ValueTest.Truth(wanted));
        }
        return new Condition.ParameterIs(path.get(), new ValueTest.Text(comparison, value.text()));
    }

    private boolean truth(String what) throws QueryException {
        if (value.isWord("true") || value.isWord("false")) {
            return value.isWord("true");
        }
        throw wrongValue("must be true or false, since \"" + what + "\" is one of these");
    }

    private void requireSign(String what, String... allowed) throws QueryException {
        if (!sign.equals(":") && !List.of(allowed).contains(sign)) {
            throw wrongSign(what, allowed);
        }
    }

    private QueryException wrongSign(String what, String... allowed) {
        return new QueryException(
                name.end(), what + " is compared by " + String.join(" or ", allowed) + ", not by \"" + sign + "\"");
    }

    private QueryException wrongValue(String reason) {
        return new QueryException(value.begin(), "\"" + value.text() + "\" " + reason);
    }
}
