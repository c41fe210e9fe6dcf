// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.Facet;
import dev.pharos.controller.query.Flag;
import dev.pharos.controller.query.Moment;
import dev.pharos.controller.query.Order;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.TimeAttribute;
import dev.pharos.controller.query.ValueTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether devices meet conditions, for stores that keep everything in memory.
///
/// @param now what ages are counted from
record ConditionMatcher(TwinStore twins, Instant now) {

    boolean matches(Condition condition, DeviceRecord device) {
        return switch (condition) {
            case Condition.All all -> all.conditions().stream().allMatch(each -> matches(each, device));
            case Condition.Any any -> any.conditions().stream().anyMatch(each -> matches(each, device));
            case Condition.Not not -> !matches(not.condition(), device);
            case Condition.Word word -> mentions(device, word.text());
            case Condition.TextIs text -> compare(text.comparison(), value(device, text.attribute()), text.value());
            case Condition.FlagIs flag -> value(device, flag.flag()) == flag.value();
            case Condition.TimeIs time -> compare(value(device, time.attribute()), time.order(), time.moment());
            case Condition.HealthIs health ->
                device.health().isPresent()
                        && health.order().holds(Integer.compare(device.health().getAsInt(), health.score()));
            case Condition.Tagged tagged -> device.tags().contains(tagged.tag());
            case Condition.ParameterIs parameter -> hasParameter(device, parameter);
            case Condition.InGroup group -> throw new IllegalArgumentException("not resolved: " + group);
        };
    }

    private static boolean mentions(DeviceRecord device, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        DeviceIdentity known = device.identity();
        return contains(device.id().toString(), wanted)
                || contains(known.manufacturer(), wanted)
                || contains(known.modelName(), wanted)
                || contains(known.productClass(), wanted)
                || contains(known.serialNumber(), wanted)
                || contains(known.softwareVersion(), wanted);
    }

    private static boolean contains(String text, String wanted) {
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static String value(DeviceRecord device, TextAttribute attribute) {
        return switch (attribute) {
            case ID -> device.id().toString();
            case MANUFACTURER -> device.identity().manufacturer();
            case OUI -> device.identity().oui();
            case MODEL -> device.identity().modelName();
            case PRODUCT_CLASS -> device.identity().productClass();
            case SERIAL -> device.identity().serialNumber();
            case HARDWARE -> device.identity().hardwareVersion();
            case SOFTWARE -> device.identity().softwareVersion();
            case STATUS -> device.status().name();
            case TRANSPORT -> device.transport();
            case ADDRESS -> device.address();
            case PROTOCOL -> device.protocolVersions();
        };
    }

    private static boolean value(DeviceRecord device, Flag flag) {
        return switch (flag) {
            case ONLINE -> device.online();
            case APPROVED -> device.approved();
            case VERIFIED -> device.verified();
            case ONBOARDED -> device.onboarded();
        };
    }

    private static Instant value(DeviceRecord device, TimeAttribute attribute) {
        return switch (attribute) {
            case FIRST_SEEN -> device.firstSeen();
            case LAST_SEEN -> device.lastSeen();
        };
    }

    private static boolean compare(TextComparison comparison, String text, String wanted) {
        return switch (comparison) {
            case IS -> lower(text).equals(lower(wanted));
            case IS_NOT -> !lower(text).equals(lower(wanted));
            case CONTAINS -> lower(text).contains(lower(wanted));
        };
    }

    /// Letters A to Z only, as databases do it in the C locale.
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? Character.toLowerCase(c) : c);
        }
        return lower.toString();
    }

    private boolean compare(Instant time, Order order, Moment moment) {
        return switch (moment) {
            case Moment.Ago ago -> order.reversed().holds(time.compareTo(now.minus(ago.age())));
            case Moment.At at -> order.holds(time.compareTo(at.time()));
        };
    }

    private boolean hasParameter(DeviceRecord device, Condition.ParameterIs wanted) {
        return known(device, wanted.path()).anyMatch(value -> meets(value, wanted.test()));
    }

    private Stream<String> known(DeviceRecord device, ParameterPattern path) {
        Pattern objects = Pattern.compile(path.expression());
        return twins.list(device.id(), path.prefix(), Integer.MAX_VALUE).stream()
                .filter(value -> !value.secured())
                .filter(value -> {
                    int end = value.path().lastIndexOf('.') + 1;
                    return value.path().substring(end).equals(path.parameter())
                            && objects.matcher(value.path().substring(0, end)).matches();
                })
                .map(TwinValue::value);
    }

    /// What the device counts at, each once.
    Set<String> values(DeviceRecord device, Facet by) {
        return switch (by) {
            case Facet.ByText text -> {
                String value = value(device, text.attribute());
                yield value.isEmpty()
                        ? Set.of()
                        : Set.of(text.attribute() == TextAttribute.STATUS ? lower(value) : value);
            }
            case Facet.ByFlag flag -> Set.of(Boolean.toString(value(device, flag.flag())));
            case Facet.ByTag tag -> Set.copyOf(device.tags());
            case Facet.ByParameter parameter -> known(device, parameter.path()).collect(Collectors.toSet());
        };
    }

    private static boolean meets(String value, ValueTest test) {
        return switch (test) {
            case ValueTest.Text text ->
                switch (text.comparison()) {
                    case IS -> value.equals(text.value());
                    case IS_NOT -> !value.equals(text.value());
                    case CONTAINS -> lower(value).contains(lower(text.value()));
                };
            case ValueTest.Truth truth ->
                truth.value()
                        ? value.equalsIgnoreCase("true") || value.equals("1")
                        : value.equalsIgnoreCase("false") || value.equals("0");
            case ValueTest.Numeric number ->
                ValueTest.NUMBER.matcher(value).matches()
                        && number.order().holds(new BigDecimal(value).compareTo(number.value()));
        };
    }
}
