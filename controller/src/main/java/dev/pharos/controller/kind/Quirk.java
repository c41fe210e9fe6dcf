// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.kind;

import dev.pharos.controller.query.ParameterPattern;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// In what a device may depart from TR-069 so that it has to be treated otherwise than all others. What does no harm to
/// treat so with every device is no quirk: see docs/kinds.md for those.
public enum Quirk {
    /// How boolean values of parameters are written to it.
    BOOLEANS("booleans", Shape.oneOf("digits", "words")),
    /// How times are written to it: without fractions of a second.
    TIMES("times", Shape.oneOf("whole-seconds")),
    /// How operations on deployment units are listed: in one array.
    DEPLOYMENT_LISTS("deployment-lists", Shape.oneOf("array")),
    /// In which charset it writes, whatever it says.
    CHARSET("charset", Shape.single("the name of a charset, such as ISO-8859-1", Quirk::isCharset)),
    /// Whether it is sent compressed messages where it says that it takes them: `refused` where it does not take them.
    COMPRESSED_ANSWERS("compressed-answers", Shape.oneOf("refused")),
    /// What it writes for an empty ParameterKey or CommandKey, besides `(null)`.
    EMPTY_WORDS("empty-words", Shape.several("words, such as nil", text -> !text.isEmpty() && text.length() <= 32)),
    /// How it is found out what it has: `levels`, object by object, for those that choke on the whole; `values`, all
    /// values at once, for those that name nothing.
    DISCOVERY("discovery", Shape.oneOf("levels", "values")),
    /// How many parameters it is asked for by one request, 32 if it is not said.
    VALUES_AT_ONCE("values-at-once", Shape.single("a number, 1 to " + Limits.VALUES_AT_ONCE, Quirk::isCount)),
    /// Whether values are asked for by the paths of objects: `refused` where it cannot, so that the names beneath are
    /// asked for first.
    PARTIAL_PATHS("partial-paths", Shape.oneOf("refused")),
    /// Whether it may be asked for a name that it has not named itself: `fatal` where that makes it fall over.
    UNKNOWN_NAMES("unknown-names", Shape.oneOf("fatal")),
    /// Whether it names a transfer that is complete by the key that it was told: `lost` where it names none, or
    /// another,
    /// so that the only one is meant that there is.
    COMMAND_KEYS("command-keys", Shape.oneOf("lost")),
    /// Whether it, and all of its kind, come at the same second: `together`, so that each is given a time of its own.
    PERIODIC_INFORMS("periodic-informs", Shape.oneOf("together")),
    /// Parameters of whose changes it tells at once, besides those that are subscribed to on every device.
    TOLD_AT_ONCE("told-at-once", Shape.parameters()),
    /// Parameters of whose changes it tells with its next Inform, whatever for.
    TOLD_LATER("told-later", Shape.parameters()),
    /// Parameters of whose changes it tells at once by a datagram that nobody answers, and with its next Inform.
    TOLD_BY_DATAGRAM("told-by-datagram", Shape.parameters()),
    /// Parameters of whose changes it does not tell.
    NOT_TOLD("not-told", Shape.parameters()),
    /// Parameters that change all the time: their values are kept, and no event tells of them.
    QUIET_CHANGES("quiet-changes", Shape.parameters()),
    /// The parameter by which it is told where its USP controller is, as one URL, where it has no rows for controllers.
    USP_URL("usp-url", Shape.parameter()),
    /// The parameter by which such a device is told the Endpoint ID of that controller.
    USP_CONTROLLER("usp-controller", Shape.parameter()),
    /// The parameter that switches the USP agent of such a device on.
    USP_ENABLE("usp-enable", Shape.parameter());

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // holds predicates that hold nothing
    private final Shape shape;

    Quirk(String key, Shape shape) {
        this.key = key;
        this.shape = shape;
    }

    /// What may stand there.
    ///
    /// @param allowed in words, for people
    private record Shape(String allowed, boolean many, Predicate<String> test) {
        static Shape oneOf(String... words) {
            return new Shape(String.join(" or ", words), false, List.of(words)::contains);
        }

        static Shape single(String allowed, Predicate<String> test) {
            return new Shape(allowed, false, test);
        }

        static Shape parameter() {
            return single(
                    "the path of a parameter, such as Device.X_ACME_USP.ControllerURL",
                    text -> !text.contains("*") && ParameterPattern.of(text).isPresent());
        }

        static Shape parameters() {
            return several(
                    "paths of parameters, such as Device.IP.Interface.*.IPv4Address.*.IPAddress",
                    text -> ParameterPattern.of(text).isPresent());
        }

        static Shape several(String allowed, Predicate<String> test) {
            return new Shape(allowed, true, test);
        }
    }

    /// How files call it.
    public String key() {
        return key;
    }

    public static Optional<Quirk> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
    }

    /// What is wrong with these values, as a sentence that begins with the quirk's own name; empty where nothing is.
    public Optional<String> objection(List<String> values) {
        boolean tooMany = values.size() > (shape.many() ? Limits.QUIRK_VALUES : 1);
        if (values.isEmpty() || tooMany || !values.stream().allMatch(shape.test())) {
            return Optional.of("\"" + key + "\" must be " + shape.allowed()
                    + (shape.many() ? ", " + Limits.QUIRK_VALUES + " at most" : ""));
        }
        return Optional.empty();
    }

    private static boolean isCharset(String text) {
        try {
            return Charset.isSupported(text);
        } catch (IllegalCharsetNameException nonsense) {
            return false;
        }
    }

    private static boolean isCount(String text) {
        return text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= Limits.VALUES_AT_ONCE;
    }
}
